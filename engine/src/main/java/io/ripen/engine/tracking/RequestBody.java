package io.ripen.engine.tracking;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** The bytes of a request, unpacked, and never more of them than allowed. */
final class RequestBody {

  private RequestBody() {}

  /**
   * Reads the whole body.
   *
   * @param most how many bytes it may have, before and after unpacking; no more are unpacked
   * @throws IOException when the sender broke off
   */
  static byte[] read(HttpServletRequest request, int most) throws IOException, Refusal {
    if (request.getContentLengthLong() > most) {
      throw tooLarge(most);
    }
    try (InputStream in = unpacked(request)) {
      byte[] body = in.readNBytes(most);
      if (body.length == most && in.read() >= 0) {
        throw tooLarge(most);
      }
      if (body.length == 0) {
        throw Refusal.badRequest("the body is empty (expected: a JSON object)");
      }
      return body;
    } catch (ZipException | EOFException e) {
      throw Refusal.badRequest(
          "the body is not gzip, or broken off (expected: what Content-Encoding says)");
    }
  }

  private static InputStream unpacked(HttpServletRequest request) throws IOException, Refusal {
    String encoding = request.getHeader("Content-Encoding");
    return switch (name(encoding)) {
      case "", "identity" -> request.getInputStream();
      case "gzip", "x-gzip" -> new GZIPInputStream(request.getInputStream(), 8192);
      default ->
          throw Refusal.unsupported(
              "Content-Encoding is '" + encoding + "' (expected: gzip, or none)");
    };
  }

  private static String name(@Nullable String encoding) {
    return encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT);
  }

  private static Refusal tooLarge(int most) {
    return Refusal.badRequest(
        "the body is too large (expected: at most %d KB)".formatted(most / 1024));
  }
}
