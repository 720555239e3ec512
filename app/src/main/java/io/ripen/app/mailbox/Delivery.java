package io.ripen.app.mailbox;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One mail that comes in. It is kept before the sender is told so. */
final class Delivery implements MessageHandler {

  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
  private static final int LARGEST = 25 * 1024 * 1024;

  private final Mailbox mailbox;
  private final Clock clock;
  private final List<String> recipients = new ArrayList<>();
  private String sender = "";

  Delivery(Mailbox mailbox, Clock clock) {
    this.mailbox = mailbox;
    this.clock = clock;
  }

  @Override
  public void from(String from) {
    sender = from;
  }

  @Override
  public void recipient(String recipient) {
    recipients.add(recipient);
  }

  @Override
  public String data(InputStream data) throws RejectException, IOException {
    byte[] message = data.readNBytes(LARGEST + 1);
    if (message.length > LARGEST) {
      throw new RejectException(552, "More than " + LARGEST + " bytes");
    }
    try {
      return mailbox.add(new Envelope(sender, recipients, clock.instant()), message);
    } catch (IOException e) {
      LOG.error("The mailbox cannot keep a mail", e);
      throw new RejectException(451, "Cannot keep it now");
    }
  }

  @Override
  public void done() {
    // Each mail has its own Delivery.
  }
}
