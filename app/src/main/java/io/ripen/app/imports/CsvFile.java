package io.ripen.app.imports;

import io.ripen.app.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file as it lies there: looked through once before anything of it is used.
 *
 * @param skip how many bytes the byte order mark takes
 * @param digest tells this content from any other
 * @param lines how many line ends it has, which is about how many rows
 */
record CsvFile(Path path, Charset charset, int skip, char delimiter, String digest, long lines) {

  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int BUFFER = 64 * 1024;
  private static final int LONGEST_HEADER = 256 * 1024;

  /**
   * Looks the whole file through.
   *
   * @param encoding as it was given; null to recognise UTF-8 and what has a byte order mark
   * @param delimiter as it was given; null to recognise it by the first line
   * @throws Failure when it cannot be read, or is in another encoding
   */
  static CsvFile open(Path path, @Nullable Charset encoding, @Nullable Character delimiter) {
    try {
      byte[] start;
      try (InputStream in = Files.newInputStream(path)) {
        start = in.readNBytes(3);
      }
      Charset charset = charset(start, encoding);
      int skip = isMark(start, charset) ? (charset.equals(StandardCharsets.UTF_8) ? 3 : 2) : 0;
      var look = new Look(path, charset, encoding == null);
      look.through(skip);
      var file = new CsvFile(path, charset, skip, ',', look.digest(), look.lines);
      char by = delimiter == null ? file.delimiterOfFirstLine() : delimiter;
      return new CsvFile(path, charset, skip, by, look.digest(), look.lines);
    } catch (NoSuchFileException e) {
      throw new Failure("there is no file " + path, e);
    } catch (IOException e) {
      throw new Failure("%s cannot be read: %s".formatted(path, e.getMessage()), e);
    }
  }

  /** What is behind the byte order mark. */
  Reader reader() throws IOException {
    InputStream in = Files.newInputStream(path);
    try {
      in.skipNBytes(skip);
      return new InputStreamReader(in, charset);
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static Charset charset(byte[] start, @Nullable Charset given) {
    if (isMark(start, StandardCharsets.UTF_16LE)) {
      return StandardCharsets.UTF_16LE;
    }
    if (isMark(start, StandardCharsets.UTF_16BE)) {
      return StandardCharsets.UTF_16BE;
    }
    return given == null || isMark(start, StandardCharsets.UTF_8) ? StandardCharsets.UTF_8 : given;
  }

  private static boolean isMark(byte[] start, Charset charset) {
    byte[] mark = "\uFEFF".getBytes(charset);
    return mark.length > 1
        && start.length >= mark.length
        && MessageDigest.isEqual(mark, Arrays.copyOf(start, mark.length));
  }

  /** The one that stands most often outside of quotation marks. */
  private char delimiterOfFirstLine() throws IOException {
    try (var in = new BufferedReader(reader())) {
      int[] counts = new int[DELIMITERS.length];
      boolean isQuoted = false;
      for (int i = 0; i < LONGEST_HEADER; i++) {
        int c = in.read();
        if (c < 0 || (!isQuoted && (c == '\n' || c == '\r'))) {
          break;
        }
        isQuoted ^= c == '"';
        for (int d = 0; d < counts.length && !isQuoted; d++) {
          counts[d] += c == DELIMITERS[d] ? 1 : 0;
        }
      }
      int most = 0;
      for (int d = 1; d < counts.length; d++) {
        most = counts[d] > counts[most] ? d : most;
      }
      return DELIMITERS[most];
    }
  }

  /** One pass over all bytes: digest, line ends, and whether they are text in this encoding. */
  private static final class Look {

    private final Path path;
    private final Charset charset;
    private final boolean isGuess;
    private final MessageDigest sha = sha();
    private final CharBuffer chars = CharBuffer.allocate(BUFFER);
    private final CharsetDecoder decoder;
    private long lines;
    private @Nullable String digest;

    Look(Path path, Charset charset, boolean isGuess) {
      this.path = path;
      this.charset = charset;
      this.isGuess = isGuess;
      this.decoder =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    String digest() {
      if (digest == null) {
        digest = HexFormat.of().formatHex(sha.digest());
      }
      return digest;
    }

    void through(int skip) throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        in.skipNBytes(skip);
        byte[] bytes = new byte[BUFFER];
        int kept = 0;
        for (int read = in.read(bytes); read >= 0; read = in.read(bytes, kept, BUFFER - kept)) {
          sha.update(bytes, kept, read);
          kept = decode(ByteBuffer.wrap(bytes, 0, kept + read), bytes, false);
        }
        int unused = decode(ByteBuffer.wrap(bytes, 0, kept), bytes, true);
      }
    }

    /** Returns how many bytes of a character that is cut in two were put to the front. */
    private int decode(ByteBuffer in, byte[] bytes, boolean isEnd) {
      while (true) {
        chars.clear();
        CoderResult result = decoder.decode(in, chars, isEnd);
        for (int i = 0; i < chars.position(); i++) {
          lines += chars.get(i) == '\n' ? 1 : 0;
        }
        if (result.isError()) {
          throw new Failure(
              "%s is not in %s: see line %,d (expected: %s)"
                  .formatted(
                      path,
                      charset,
                      lines + 1,
                      isGuess
                          ? "UTF-8, or another one told by --encoding, as --encoding windows-1252"
                          : "the encoding that --encoding names"));
        }
        if (result.isUnderflow()) {
          int left = in.remaining();
          in.get(bytes, 0, left);
          return left;
        }
      }
    }
  }
}
