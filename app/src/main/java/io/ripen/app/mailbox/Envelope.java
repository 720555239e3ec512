package io.ripen.app.mailbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * What SMTP tells of a mail besides the mail itself. It is kept as header lines before those of the
 * mail, as mail servers do.
 */
record Envelope(String from, List<String> to, Instant receivedAt) {

  static final String RECIPIENT = "Delivered-To";
  static final String RECEIVED_AT = "X-Ripen-Received-At";

  byte[] lines() {
    StringBuilder lines = new StringBuilder();
    line(lines, RECEIVED_AT, receivedAt.toString());
    line(lines, "Return-Path", "<" + from + ">");
    to.forEach(recipient -> line(lines, RECIPIENT, recipient));
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void line(StringBuilder lines, String name, String value) {
    lines.append(name).append(": ").append(value.replaceAll("\\p{Cntrl}", " ")).append("\r\n");
  }
}
