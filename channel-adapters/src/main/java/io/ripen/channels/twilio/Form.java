package io.ripen.channels.twilio;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a form or a query. Of two with one name the first counts, everywhere. */
record Form(Map<String, String> values) {

  /** Empty when it cannot be read. */
  static Optional<Form> read(String encoded) {
    Map<String, String> values = new LinkedHashMap<>();
    try {
      for (String pair : encoded.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!name.isEmpty()) {
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          values.putIfAbsent(URLDecoder.decode(name, UTF_8), URLDecoder.decode(value, UTF_8));
        }
      }
      return Optional.of(new Form(values));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The value, unless there is none or an empty one. */
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
  }
}
