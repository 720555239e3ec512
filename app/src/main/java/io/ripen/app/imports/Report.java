package io.ripen.app.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import io.ripen.app.imports.Batch.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were refused, as CSV: line, reason, and the row as it was, so that it can be mended
 * and imported. There is no file before there is a refused row. What somebody has changed in it is
 * theirs: it is kept under another name, and a new one begins.
 */
final class Report implements AutoCloseable {

  /** Spreadsheets take a file for UTF-8 by it. */
  private static final String MARK = "\uFEFF";

  private static final int BUFFER = 64 * 1024;

  private final Path file;
  private final CSVFormat format;
  private final List<String> header;
  private final MessageDigest sha = CsvFile.sha();
  private @Nullable FileChannel channel;
  private @Nullable Path kept;
  private boolean isAnew;
  private long bytes;

  private Report(Path file, char delimiter, List<String> header) {
    this.file = file;
    this.format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    this.header = header;
  }

  /** One that goes over what is there. */
  static Report anew(Path file, char delimiter, List<String> header) {
    var report = new Report(file, delimiter, header);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw report.unwritable(e);
    }
    return report;
  }

  /**
   * Goes on with what an earlier run wrote, if that is there as it was.
   *
   * @param bytes how much that was
   * @param digest of all that; null where nobody noted it, and the length says it alone
   */
  static Report goOn(
      Path file, char delimiter, List<String> header, long bytes, @Nullable String digest) {
    var report = new Report(file, delimiter, header);
    try {
      report.takeUp(bytes, digest);
    } catch (IOException e) {
      throw report.unwritable(e);
    }
    return report;
  }

  /** Behind what was noted there may be rows of a run that broke off: they come again. */
  private void takeUp(long written, @Nullable String digest) throws IOException {
    long there = file.toFile().length();
    if (there == written && (written == 0 || isAsWritten(written, digest))) {
      bytes = written;
      return;
    }
    if (written > 0 && there > written && digest != null && isAsWritten(written, digest)) {
      // Perhaps somebody's, so it is not lost.
      kept = Files.copy(file, freeName());
      try (FileChannel out = open()) {
        out.truncate(written);
      }
      bytes = written;
      return;
    }
    isAnew = true;
    sha.reset();
    if (there > 0) {
      kept = Files.move(file, freeName());
    }
    if (written > 0) {
      write(head());
    }
  }

  private boolean isAsWritten(long written, @Nullable String digest) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER];
      long rest = written;
      while (rest > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
        if (read < 0) {
          return false;
        }
        sha.update(buffer, 0, read);
        rest -= read;
      }
    }
    return digest == null || digest.equals(digest());
  }

  private Path freeName() {
    int number = 1;
    while (Files.exists(ImportSettings.beside(file, "." + number), LinkOption.NOFOLLOW_LINKS)) {
      number++;
    }
    return ImportSettings.beside(file, "." + number);
  }

  void add(List<Refused> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var text = new StringBuilder(bytes == 0 ? head() : "");
    rows.forEach(
        row -> text.append(line(Long.toString(row.row().line()), row.reason(), row.row().cells())));
    try {
      write(text.toString());
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(String text) throws IOException {
    FileChannel out = channel == null ? open() : channel;
    channel = out;
    byte[] encoded = text.getBytes(UTF_8);
    ByteBuffer rest = ByteBuffer.wrap(encoded);
    while (rest.hasRemaining()) {
      bytes += out.write(rest, bytes);
    }
    sha.update(encoded);
  }

  /** Whether it does not go on with what an earlier run wrote. */
  boolean isAnew() {
    return isAnew;
  }

  /** Where that is now which was there, or a copy of it; null if nothing was, or all is ours. */
  @Nullable Path kept() {
    return kept;
  }

  /** Tells this content from any other. */
  String digest() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("every JVM's SHA-256 can be copied", e);
    }
  }

  /** How long it is. */
  long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private String head() {
    return MARK + line("line", "reason", header);
  }

  private String line(String line, String reason, List<String> cells) {
    List<String> all = new ArrayList<>(List.of(line, reason));
    all.addAll(cells);
    return format.format(all.toArray()) + System.lineSeparator();
  }

  private Failure unwritable(IOException e) {
    return new Failure(
        "the refused rows cannot be kept in %s: %s (expected: another place, by --refused)"
            .formatted(file, e.getMessage()),
        e);
  }
}
