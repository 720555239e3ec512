package io.ripen.engine.leadads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Meta's Graph API as far as it hands out leads, with leads that a test gives it. */
final class FakeGraphApi implements AutoCloseable {

  private static final String BOXES = "custom_disclaimer_responses";

  private final HttpServer server;
  private final String token;
  private final Map<String, ObjectNode> leads = new ConcurrentHashMap<>();

  FakeGraphApi(String token) {
    this.token = token;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v23.0");
  }

  /** Knows a lead of form 12, with names and values in turn. */
  void knows(String id, String... fields) {
    knowsOfForm("12", id, fields);
  }

  void knowsOfForm(String form, String id, String... fields) {
    ObjectNode lead =
        JsonMapper.shared()
            .createObjectNode()
            .put("id", id)
            .put("created_time", "2026-03-01T10:00:00+0000")
            .put("form_id", form);
    ArrayNode data = lead.putArray("field_data");
    for (int i = 0; i < fields.length; i += 2) {
      data.addObject().put("name", fields[i]).putArray("values").add(fields[i + 1]);
    }
    leads.put(id, lead);
  }

  /** What became of a box in the form of a lead that it knows: "1" if it was ticked. */
  void knowsBox(String id, String key, String isChecked) {
    Objects.requireNonNull(leads.get(id))
        .withArrayProperty(BOXES)
        .addObject()
        .put("checkbox_key", key)
        .put("is_checked", isChecked);
  }

  /** What Meta's webhook tells of leads: their ids. */
  String webhook(String... ids) {
    ObjectNode body = JsonMapper.shared().createObjectNode().put("object", "page");
    ArrayNode changes = body.putArray("entry").addObject().put("id", "1").putArray("changes");
    for (String id : ids) {
      changes
          .addObject()
          .put("field", "leadgen")
          .putObject("value")
          .put("leadgen_id", id)
          .put("form_id", "12")
          .put("page_id", "1");
    }
    return body.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    boolean mayAsk =
        ("Bearer " + token).equals(exchange.getRequestHeaders().getFirst("Authorization"));
    ObjectNode lead = leads.get(exchange.getRequestURI().getPath().replace("/v23.0/", ""));
    int status = !mayAsk ? 401 : lead == null ? 400 : 200;
    String told = lead == null || !mayAsk ? "{\"error\": {\"code\": 100}}" : asked(lead, exchange);
    byte[] body = told.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** Tells of boxes only if it is asked for them. */
  private static String asked(ObjectNode lead, HttpExchange exchange) {
    ObjectNode told = lead.deepCopy();
    if (!String.valueOf(exchange.getRequestURI().getQuery()).contains(BOXES)) {
      told.remove(BOXES);
    }
    return told.toString();
  }
}
