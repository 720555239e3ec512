package io.ripen.channels.email;

/**
 * A file that goes with an e-mail.
 *
 * @param name as the recipient sees it
 * @param contentType for example {@code application/pdf}
 * @param content the file; nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent")
public record Attachment(String name, String contentType, byte[] content) {

  /** Without what is in it. */
  @Override
  public String toString() {
    return "Attachment[%s, %s, %d bytes]".formatted(name, contentType, content.length);
  }
}
