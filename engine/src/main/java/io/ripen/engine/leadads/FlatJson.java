package io.ripen.engine.leadads;

import tools.jackson.databind.JsonNode;

/** What any other platform can be told to send: an object with {@code lead_id} and texts. */
final class FlatJson {

  private static final String ID = "lead_id";
  private static final String FORM = "form_id";

  private FlatJson() {}

  static Told read(JsonNode body) {
    Fields fields = new Fields();
    body.properties()
        .forEach(
            entry -> {
              if (entry.getValue().isValueNode() && !entry.getKey().equals(ID)) {
                fields.add(entry.getKey(), entry.getValue().asString(""));
              }
            });
    return fields.told(
        body.path(ID).asString(""), body.path(FORM).asString(""), /* tickedAll= */ true);
  }
}
