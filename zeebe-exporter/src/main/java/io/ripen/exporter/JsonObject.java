package io.ripen.exporter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one flat JSON object; a JSON library in the jar could clash with the broker's. */
final class JsonObject {

  private final StringBuilder json = new StringBuilder(320).append('{');

  JsonObject put(String name, long value) {
    name(name).append(value);
    return this;
  }

  JsonObject put(String name, @Nullable String value) {
    name(name);
    if (value == null) {
      json.append("null");
    } else {
      quote(value);
    }
    return this;
  }

  JsonObject put(String name, List<String> values) {
    name(name).append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        json.append(',');
      }
      quote(values.get(i));
    }
    json.append(']');
    return this;
  }

  String end() {
    return json.append('}').toString();
  }

  private StringBuilder name(String name) {
    if (json.length() > 1) {
      json.append(',');
    }
    return json.append('"').append(name).append("\":");
  }

  private void quote(String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\n' -> json.append("\\n");
        case '\r' -> json.append("\\r");
        case '\t' -> json.append("\\t");
        default -> {
          if (c < ' ') {
            json.append("\\u%04x".formatted((int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
