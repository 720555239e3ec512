package io.ripen.app.imports;

import io.ripen.app.Failure;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The rows of a CSV file, one after the other; never more than one of them in memory. */
final class Rows implements AutoCloseable {

  /** Far more than an event may be long. */
  private static final int LONGEST_ROW = 512 * 1024;

  /**
   * @param number counts from 1 behind the header
   * @param line of the file, on which it begins
   */
  record Row(long number, long line, List<String> cells) {}

  private final CsvFile file;
  private final Leash leash;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> header;
  private long number;

  /**
   * @throws Failure when there is not even a header
   */
  Rows(CsvFile file) {
    this.file = file;
    try {
      this.leash = new Leash(file.reader());
      CSVFormat format =
          CSVFormat.DEFAULT
              .builder()
              .setDelimiter(file.delimiter())
              .setIgnoreEmptyLines(true)
              .setLenientEof(false)
              .get();
      this.parser = CSVParser.builder().setReader(leash).setFormat(format).get();
    } catch (IOException e) {
      throw unreadable(e);
    }
    this.records = parser.iterator();
    if (!hasNext()) {
      throw new Failure(
          "%s is empty (expected: a first line that names the columns)".formatted(file.path()));
    }
    this.header = records.next().stream().map(String::strip).toList();
  }

  /** The first line. */
  List<String> header() {
    return header;
  }

  /**
   * @throws Failure when the file is no CSV from here on
   */
  boolean hasNext() {
    long line = parser.getCurrentLineNumber() + 1;
    leash.lengthen();
    try {
      return records.hasNext();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw new Failure(
          "%s is no CSV from line %,d on: %s. A quotation mark inside of a cell is written twice"
              .formatted(file.path(), line, reason(e)),
          e);
    }
  }

  /** To be called when there is one. */
  Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    CSVRecord row = records.next();
    long endsAt = parser.getCurrentLineNumber();
    long inCells = row.stream().mapToLong(Rows::lineEnds).sum();
    return new Row(++number, endsAt - inCells, row.toList());
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private Failure unreadable(IOException e) {
    return new Failure("%s cannot be read: %s".formatted(file.path(), e.getMessage()), e);
  }

  private static long lineEnds(String cell) {
    return cell.replace("\r\n", "\n").chars().filter(c -> c == '\n' || c == '\r').count();
  }

  private static String reason(RuntimeException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return String.valueOf(cause.getMessage());
  }

  /**
   * Lets one row be only so long: a quotation mark that is never closed makes a row of the rest.
   */
  private static final class Leash extends FilterReader {

    private long left;

    Leash(Reader in) {
      super(in);
      lengthen();
    }

    void lengthen() {
      left = LONGEST_ROW;
    }

    @Override
    public int read() throws IOException {
      int c = super.read();
      tighten(c < 0 ? 0 : 1);
      return c;
    }

    @Override
    public int read(char[] chars, int from, int most) throws IOException {
      int read = super.read(chars, from, most);
      tighten(Math.max(0, read));
      return read;
    }

    private void tighten(int read) throws IOException {
      left -= read;
      if (left < 0) {
        throw new IOException("the row there is longer than %,d characters".formatted(LONGEST_ROW));
      }
    }
  }
}
