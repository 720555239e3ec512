package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import jakarta.mail.BodyPart;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/** Jakarta Mail, with a connection for each caller that stays open. */
final class BareMail implements Bare {

  private final Session session;
  private final Map<Integer, Transport> connections = new ConcurrentHashMap<>();
  private final String subject;
  private final String text;
  private final String html;

  /**
   * @param sample the mail whose content is sent, as it came to the mail server
   */
  BareMail(int port, String sample) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("mail.smtp.host", "127.0.0.1");
    properties.setProperty("mail.smtp.port", Integer.toString(port));
    // As Ripen's; without it most of the time would be spent waiting for acknowledgements.
    properties.put("mail.smtp.socketFactory", new PromptSockets());
    session = Session.getInstance(properties);
    try {
      MimeMessage mail = new MimeMessage(session, new ByteArrayInputStream(sample.getBytes(UTF_8)));
      subject = mail.getSubject();
      MimeMultipart alternatives = (MimeMultipart) mail.getContent();
      text = text(alternatives.getBodyPart(0));
      html = text(alternatives.getBodyPart(1));
    } catch (MessagingException | ClassCastException e) {
      throw new Failure("a mail of Ripen's cannot be read: " + sample, e);
    }
  }

  private static String text(BodyPart part) throws IOException, MessagingException {
    return String.valueOf(part.getContent());
  }

  @Override
  public void run(int caller, int number) throws MessagingException {
    MimeMessage mail = new MimeMessage(session);
    mail.setFrom(new InternetAddress("shop@shop.example"));
    mail.setRecipient(
        Message.RecipientType.TO, new InternetAddress("touch-%d@example.com".formatted(number)));
    mail.setSubject(subject, UTF_8.name());
    mail.setContent(new MimeMultipart("alternative", part(text, "plain"), part(html, "html")));
    mail.saveChanges();
    connection(caller).sendMessage(mail, mail.getAllRecipients());
  }

  private static MimeBodyPart part(String text, String kind) throws MessagingException {
    MimeBodyPart part = new MimeBodyPart();
    part.setText(text, UTF_8.name(), kind);
    return part;
  }

  private Transport connection(int caller) throws MessagingException {
    Transport open = connections.get(caller);
    if (open == null) {
      open = session.getTransport("smtp");
      open.connect();
      connections.put(caller, open);
    }
    return open;
  }

  /** They write at once. Jakarta Mail asks for no others than the first. */
  private static final class PromptSockets extends SocketFactory {
    @Override
    public Socket createSocket() throws IOException {
      Socket socket = new Socket();
      socket.setTcpNoDelay(true);
      return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public void close() {
    for (Transport each : connections.values()) {
      try {
        each.close();
      } catch (MessagingException e) {
        // It hung up first.
      }
    }
  }
}
