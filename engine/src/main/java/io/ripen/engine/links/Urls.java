package io.ripen.engine.links;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.regex.Pattern;

/** Web addresses as people write them. */
final class Urls {

  private static final Pattern WEB = Pattern.compile("(?i)https?://[^/?#\\s]+.*", Pattern.DOTALL);
  private static final String UNSAFE = "\"<>\\^`{|}";

  private Urls() {}

  /** Whether this leads to a web page, and not to a program, a file or a script. */
  static boolean isWeb(String url) {
    return WEB.matcher(url).matches();
  }

  /** The address with those parameters that it does not have yet, all else as it was. */
  static String withParameters(String url, Map<String, String> parameters) {
    int hash = url.indexOf('#');
    String fragment = hash < 0 ? "" : url.substring(hash);
    StringBuilder result = new StringBuilder(hash < 0 ? url : url.substring(0, hash));
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      if (!has(result, parameter.getKey())) {
        int query = result.indexOf("?");
        boolean open = query == result.length() - 1 || result.charAt(result.length() - 1) == '&';
        result.append(query < 0 ? "?" : open ? "" : "&");
        result.append(parameter.getKey()).append('=').append(encode(parameter.getValue()));
      }
    }
    return result.append(fragment).toString();
  }

  /** The address in the characters that an HTTP header may hold. */
  static String ascii(String url) {
    StringBuilder result = new StringBuilder(url.length() + 16);
    for (byte octet : url.getBytes(UTF_8)) {
      int c = octet & 0xff;
      if (c <= ' ' || c >= 0x7f || UNSAFE.indexOf(c) >= 0) {
        result.append("%%%02X".formatted(c));
      } else {
        result.append((char) c);
      }
    }
    return result.toString();
  }

  private static boolean has(CharSequence url, String parameter) {
    return Pattern.compile("[?&]" + Pattern.quote(parameter) + "=").matcher(url).find();
  }

  private static String encode(String value) {
    return java.net.URLEncoder.encode(value, UTF_8);
  }
}
