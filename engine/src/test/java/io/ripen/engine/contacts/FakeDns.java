package io.ripen.engine.contacts;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;

/** A name server of this process, on a port of its own. */
final class FakeDns implements AutoCloseable {

  private final DatagramSocket socket;
  private final Map<Name, List<Record>> domains = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private volatile boolean silent;
  private volatile int failure = Rcode.NOERROR;

  FakeDns() throws SocketException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  InetSocketAddress address() {
    return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
  }

  /** Knows this domain, with these records. */
  void knows(String domain, Record... records) {
    domains.put(name(domain), List.of(records));
  }

  /** Answers no more. */
  void fallsSilent() {
    silent = true;
  }

  /** Says that it cannot answer. */
  void fails() {
    failure = Rcode.SERVFAIL;
  }

  int asked() {
    return asked.get();
  }

  static Name name(String domain) {
    return Name.fromConstantString(domain + ".");
  }

  @Override
  public void close() {
    socket.close();
  }

  private void serve() {
    byte[] buffer = new byte[4096];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        asked.incrementAndGet();
        if (!silent) {
          byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
          byte[] answer = answer(new Message(question)).toWire();
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        // The test is over, or what came was no question.
      }
    }
  }

  private Message answer(Message question) {
    Record asked = question.getQuestion();
    Message answer = new Message(question.getHeader().getID());
    answer.getHeader().setFlag(Flags.QR);
    answer.getHeader().setFlag(Flags.RA);
    answer.addRecord(asked, Section.QUESTION);
    List<Record> known = domains.get(asked.getName());
    answer.getHeader().setRcode(known == null ? Rcode.NXDOMAIN : failure);
    if (failure != Rcode.NOERROR) {
      answer.getHeader().setRcode(failure);
      return answer;
    }
    List<Record> found =
        known == null
            ? List.of()
            : known.stream().filter(record -> record.getType() == asked.getType()).toList();
    found.forEach(record -> answer.addRecord(record, Section.ANSWER));
    if (found.isEmpty()) {
      answer.addRecord(
          new SOARecord(
              asked.getName(),
              DClass.IN,
              60,
              name("ns.example"),
              name("a.example"),
              1,
              1,
              1,
              1,
              60),
          Section.AUTHORITY);
    }
    return answer;
  }
}
