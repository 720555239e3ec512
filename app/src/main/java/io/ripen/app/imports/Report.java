package io.ripen.app.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.app.Failure;
import io.ripen.app.imports.Batch.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were refused, as CSV: line, reason, and the row as it was, so that it can be mended
 * and imported. There is no file before there is a refused row.
 */
final class Report implements AutoCloseable {

  /** Spreadsheets take a file for UTF-8 by it. */
  private static final String MARK = "\uFEFF";

  private final Path file;
  private final CSVFormat format;
  private final List<String> header;
  private @Nullable FileChannel channel;
  private long bytes;

  /**
   * @param bytes how much of it is there of an earlier run; what is behind was not counted yet. A
   *     file that is shorter was moved or mended by somebody: then it begins anew
   */
  Report(Path file, char delimiter, List<String> header, long bytes) {
    this.file = file;
    this.bytes = length(file) < bytes ? 0 : bytes;
    this.format = CSVFormat.DEFAULT.builder().setDelimiter(delimiter).get();
    this.header = header;
    if (this.bytes == 0) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        throw unwritable(e);
      }
    }
  }

  private static long length(Path file) {
    return file.toFile().length();
  }

  void add(List<Refused> rows) {
    if (rows.isEmpty()) {
      return;
    }
    var text = new StringBuilder();
    if (bytes == 0) {
      text.append(MARK).append(line("line", "reason", header));
    }
    rows.forEach(
        row -> text.append(line(Long.toString(row.row().line()), row.reason(), row.row().cells())));
    try {
      FileChannel out = channel == null ? open() : channel;
      channel = out;
      ByteBuffer encoded = UTF_8.encode(text.toString());
      while (encoded.hasRemaining()) {
        bytes += out.write(encoded, bytes);
      }
    } catch (IOException e) {
      throw unwritable(e);
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
    FileChannel opened =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return opened.truncate(bytes);
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
