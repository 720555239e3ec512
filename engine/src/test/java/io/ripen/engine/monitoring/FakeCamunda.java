package io.ripen.engine.monitoring;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.extension.ResponseTransformerV2;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.http.HttpHeaders;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.Response;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The search of Camunda's orchestration cluster API, written from its published OpenAPI document:
 * it filters, sorts and pages what it was given, and refuses what the document does not know.
 */
final class FakeCamunda implements AutoCloseable {

  static final String TENANT = "growth";

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Set<String> COMPARED =
      Set.of("$eq", "$neq", "$in", "$notIn", "$exists", "$gt", "$gte", "$lt", "$lte", "$like");

  /** By path: the key, and what may be filtered and sorted by. */
  private enum Kind {
    DEFINITIONS(
        "process-definitions",
        "processDefinitionKey",
        "name isLatestVersion resourceName version versionTag processDefinitionId tenantId"
            + " processDefinitionKey hasStartForm",
        "processDefinitionKey name resourceName version versionTag processDefinitionId tenantId"),
    INSTANCES(
        "process-instances",
        "processInstanceKey",
        "processInstanceKey processDefinitionKey processDefinitionId state startDate endDate"
            + " tenantId hasIncident",
        "processInstanceKey processDefinitionKey processDefinitionId startDate endDate state"
            + " tenantId"),
    ELEMENTS(
        "element-instances",
        "elementInstanceKey",
        "processDefinitionId state type elementId elementName hasIncident tenantId"
            + " elementInstanceKey processInstanceKey processDefinitionKey incidentKey startDate"
            + " endDate elementInstanceScopeKey",
        "elementInstanceKey processInstanceKey processDefinitionKey processDefinitionId startDate"
            + " endDate elementId elementName type state incidentKey tenantId"),
    INCIDENTS(
        "incidents",
        "incidentKey",
        "processDefinitionId errorType errorMessage elementId creationTime state tenantId"
            + " incidentKey processDefinitionKey processInstanceKey elementInstanceKey jobKey",
        "incidentKey processDefinitionKey processDefinitionId processInstanceKey errorType"
            + " errorMessage elementId elementInstanceKey creationTime state jobKey tenantId"),
    TASKS(
        "user-tasks",
        "userTaskKey",
        "state assignee priority elementId name candidateGroup candidateUser tenantId"
            + " processDefinitionId creationDate completionDate followUpDate dueDate userTaskKey"
            + " processDefinitionKey processInstanceKey elementInstanceKey tags",
        "creationDate completionDate followUpDate dueDate priority name"),
    VARIABLES(
        "variables",
        "variableKey",
        "name value tenantId isTruncated variableKey scopeKey processInstanceKey",
        "value name tenantId variableKey scopeKey processInstanceKey");

    final String path;
    final String key;
    final Set<String> filters;
    final Set<String> sorts;

    Kind(String path, String key, String filters, String sorts) {
      this.path = path;
      this.key = key;
      this.filters = Set.of(filters.split(" "));
      this.sorts = Set.of(sorts.split(" "));
    }
  }

  private final WireMockServer http =
      new WireMockServer(options().dynamicPort().extensions(new Api()));
  private final Map<Kind, Map<Long, ObjectNode>> rows = new HashMap<>();
  private final Map<Long, String> xml = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final Set<String> tokens = new HashSet<>();
  private boolean asksForTokens;
  private int issued;
  private int most = 10_000;
  private @Nullable Integer fault;
  private String faultAt = "";

  FakeCamunda() {
    for (Kind kind : Kind.values()) {
      rows.put(kind, new TreeMap<>());
    }
    http.start();
    http.stubFor(any(anyUrl()).willReturn(aResponse()));
  }

  URI address() {
    return URI.create(http.baseUrl());
  }

  URI tokenAddress() {
    return address().resolve("/oauth/token");
  }

  /** From now on it wants a token that it has issued. */
  synchronized FakeCamunda withTokens() {
    asksForTokens = true;
    return this;
  }

  /** Tokens so far are good no more, whatever was said when they were issued. */
  synchronized void endTokens() {
    tokens.clear();
  }

  synchronized int issued() {
    return issued;
  }

  /** From now on it gives no more than this at a time, whatever it is asked for. */
  synchronized void givesAtMost(int items) {
    most = items;
  }

  /** From now on it answers requests for paths with this in them only so. */
  synchronized void fails(int status, String path) {
    fault = status;
    faultAt = path;
  }

  synchronized void works() {
    fault = null;
  }

  /** What it was asked since, as {@code user-tasks {…}}. */
  synchronized List<String> asked() {
    List<String> all = List.copyOf(asked);
    asked.clear();
    return all;
  }

  synchronized void flow(long key, String processId, int version, String bpmn) {
    flow(key, processId, version, bpmn, TENANT);
  }

  synchronized void flow(long key, String processId, int version, String bpmn, String tenant) {
    put(Kind.DEFINITIONS, key, tenant)
        .put("processDefinitionId", processId)
        .put("name", processId)
        .put("resourceName", processId + ".bpmn")
        .put("version", version)
        .put("hasStartForm", false);
    xml.put(key, bpmn);
  }

  synchronized ObjectNode instance(long key, long processKey, String processId, Instant at) {
    return put(Kind.INSTANCES, key, TENANT)
        .put("processDefinitionKey", Long.toString(processKey))
        .put("processDefinitionId", processId)
        .put("processDefinitionVersion", 1)
        .put("state", "ACTIVE")
        .put("hasIncident", false)
        .put("startDate", at.toString());
  }

  synchronized ObjectNode element(
      long key, long instance, long processKey, String elementId, Instant at) {
    return put(Kind.ELEMENTS, key, TENANT)
        .put("processInstanceKey", Long.toString(instance))
        .put("processDefinitionKey", Long.toString(processKey))
        .put("processDefinitionId", "cart")
        .put("elementId", elementId)
        .put("elementName", elementId)
        .put("type", "SERVICE_TASK")
        .put("state", "ACTIVE")
        .put("hasIncident", false)
        .put("startDate", at.toString());
  }

  synchronized void ends(String kind, long key, String state, Instant at) {
    row(kind, key)
        .put("state", state)
        .put(kind.equals("user-tasks") ? "completionDate" : "endDate", at.toString());
  }

  synchronized void incident(long key, long instance, long processKey, String elementId) {
    put(Kind.INCIDENTS, key, TENANT)
        .put("processInstanceKey", Long.toString(instance))
        .put("processDefinitionKey", Long.toString(processKey))
        .put("processDefinitionId", "cart")
        .put("elementInstanceKey", "9")
        .put("elementId", elementId)
        .put("errorType", "JOB_NO_RETRIES")
        .put("errorMessage", "no template")
        .put("creationTime", "2026-05-04T10:00:00Z")
        .put("state", "ACTIVE");
  }

  synchronized ObjectNode task(long key, long instance, long processKey, Instant at) {
    ObjectNode task =
        put(Kind.TASKS, key, TENANT)
            .put("processInstanceKey", Long.toString(instance))
            .put("processDefinitionKey", Long.toString(processKey))
            .put("processDefinitionId", "sales-handoff")
            .put("processDefinitionVersion", 3)
            .put("elementInstanceKey", Long.toString(key - 1))
            .put("elementId", "userTask_takeLead")
            .put("state", "CREATED")
            .put("priority", 50)
            .put("creationDate", at.toString())
            .put("dueDate", at.plusSeconds(3_600).toString());
    task.putArray("candidateGroups").add("sales");
    task.putArray("candidateUsers");
    task.putArray("tags");
    task.putObject("customHeaders");
    task.putNull("assignee");
    return task;
  }

  synchronized ObjectNode variable(long key, String name, String value, long scope, long instance) {
    return put(Kind.VARIABLES, key, TENANT)
        .put("name", name)
        .put("value", value)
        .put("scopeKey", Long.toString(scope))
        .put("processInstanceKey", Long.toString(instance))
        .put("isTruncated", false);
  }

  synchronized ObjectNode row(String kind, long key) {
    return rows.get(kind(kind)).get(key);
  }

  synchronized void forget(String kind, long key) {
    rows.get(kind(kind)).remove(key);
  }

  @Override
  public void close() {
    http.stop();
  }

  private ObjectNode put(Kind kind, long key, String tenant) {
    ObjectNode row = JSON.createObjectNode();
    row.put(kind.key, Long.toString(key)).put("tenantId", tenant);
    rows.get(kind).put(key, row);
    return row;
  }

  private static Kind kind(String path) {
    for (Kind kind : Kind.values()) {
      if (kind.path.equals(path)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(path);
  }

  /** What was asked for cannot be: as Camunda says it. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;

    Refused(String detail) {
      super(detail);
    }
  }

  private record Answer(int status, String type, String body) {
    static Answer problem(int status, String title, String detail) {
      return new Answer(
          status,
          "application/problem+json",
          JSON.createObjectNode()
              .put("type", "about:blank")
              .put("title", title)
              .put("status", status)
              .put("detail", detail)
              .put("instance", "/v2")
              .toString());
    }
  }

  private synchronized Answer answer(Request request) {
    String path = URI.create(request.getUrl()).getPath();
    if (path.equals("/oauth/token")) {
      String token = "token-" + ++issued;
      tokens.add("Bearer " + token);
      return new Answer(
          200,
          "application/json",
          "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":3600}"
              .formatted(token));
    }
    if (fault != null && path.contains(faultAt)) {
      return Answer.problem(fault, "UNAVAILABLE", "come again later");
    }
    if (asksForTokens && !tokens.contains(request.getHeader("Authorization"))) {
      return Answer.problem(401, "UNAUTHORIZED", "this token is not good");
    }
    String[] parts = path.split("/");
    if (path.endsWith("/xml")) {
      String bpmn = xml.get(Long.parseLong(parts[3]));
      asked.add(path);
      return bpmn == null
          ? Answer.problem(404, "NOT_FOUND", "no such process definition")
          : new Answer(200, "text/xml", bpmn);
    }
    try {
      Kind kind = kind(parts[2]);
      JsonNode query = JSON.readTree(request.getBodyAsString());
      asked.add(kind.path + " " + query);
      return new Answer(200, "application/json", search(kind, query).toString());
    } catch (Refused e) {
      return Answer.problem(400, "INVALID_ARGUMENT", String.valueOf(e.getMessage()));
    }
  }

  private ObjectNode search(Kind kind, JsonNode query) {
    String sort = kind.key;
    for (JsonNode each : query.path("sort")) {
      sort = each.path("field").asString();
      if (!kind.sorts.contains(sort)) {
        throw new Refused("Unknown sortBy: " + sort);
      }
    }
    int limit = Math.min(query.at("/page/limit").asInt(100), most);
    List<ObjectNode> found = found(kind, query.path("filter"), sort);
    int total = found.size();
    String after = query.at("/page/after").asString("");
    if (!after.isEmpty()) {
      String[] last = new String(Base64.getDecoder().decode(after), UTF_8).split("\\|", -1);
      String field = sort;
      found.removeIf(row -> !isAfter(kind, row, field, last[0], Long.parseLong(last[1])));
    }
    List<ObjectNode> items = found.subList(0, Math.min(limit, found.size()));
    ObjectNode answer = JSON.createObjectNode();
    answer.putArray("items").addAll(items);
    ObjectNode page =
        answer.putObject("page").put("totalItems", total).put("hasMoreTotalItems", false);
    if (items.isEmpty()) {
      page.putNull("startCursor").putNull("endCursor");
    } else {
      page.put("startCursor", cursor(kind, items.getFirst(), sort));
      page.put("endCursor", cursor(kind, items.getLast(), sort));
    }
    return answer;
  }

  private List<ObjectNode> found(Kind kind, JsonNode filter, String sort) {
    List<ObjectNode> found = new ArrayList<>();
    for (ObjectNode row : rows.get(kind).values()) {
      boolean matches = true;
      for (var field : filter.properties()) {
        if (isNothing(field.getValue())) {
          continue;
        }
        if (!kind.filters.contains(field.getKey())) {
          throw new Refused("Unknown filter: " + field.getKey());
        }
        matches &= matches(row.path(field.getKey()), field.getValue());
      }
      if (matches) {
        found.add(row);
      }
    }
    found.sort(
        Comparator.<ObjectNode, String>comparing(
                row -> sortable(row.path(sort)), FakeCamunda::compare)
            .thenComparingLong(row -> row.path(kind.key).asLong(0)));
    return found;
  }

  private static boolean matches(JsonNode value, JsonNode wanted) {
    if (!wanted.isObject()) {
      return value.asString("").equals(wanted.asString());
    }
    for (var each : wanted.properties()) {
      if (!COMPARED.contains(each.getKey())) {
        throw new Refused("Unknown operator: " + each.getKey());
      }
      JsonNode other = each.getValue();
      if (isNothing(other)) {
        continue;
      }
      String text = value.asString("");
      boolean matches =
          switch (each.getKey()) {
            case "$eq" -> text.equals(other.asString());
            case "$in" -> other.valueStream().anyMatch(one -> text.equals(one.asString()));
            case "$gte" -> !text.isEmpty() && compare(text, other.asString()) >= 0;
            case "$exists" -> other.asBoolean() != text.isEmpty();
            default -> throw new Refused("not needed so far: " + each.getKey());
          };
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  /** Camunda's client sends empty lists for all that it was not told. */
  private static boolean isNothing(JsonNode value) {
    return value.isArray() && value.isEmpty();
  }

  private static boolean isAfter(Kind kind, ObjectNode row, String sort, String value, long key) {
    int order = compare(sortable(row.path(sort)), value);
    return order > 0 || (order == 0 && row.path(kind.key).asLong(0) > key);
  }

  private static String cursor(Kind kind, ObjectNode row, String sort) {
    String place = sortable(row.path(sort)) + "|" + row.path(kind.key).asString();
    return Base64.getEncoder().encodeToString(place.getBytes(UTF_8));
  }

  private static String sortable(JsonNode value) {
    return value.asString("");
  }

  /** Numbers as numbers, times as times. */
  private static int compare(String one, String other) {
    if (one.matches("\\d+") && other.matches("\\d+")) {
      return Long.compare(Long.parseLong(one), Long.parseLong(other));
    }
    if (one.contains("T") && other.contains("T")) {
      return OffsetDateTime.parse(one)
          .toInstant()
          .compareTo(OffsetDateTime.parse(other).toInstant());
    }
    return one.compareTo(other);
  }

  private final class Api implements ResponseTransformerV2 {

    @Override
    public Response transform(Response response, ServeEvent event) {
      Answer answer = answer(event.getRequest());
      return Response.response()
          .status(answer.status())
          .headers(new HttpHeaders(new HttpHeader("Content-Type", answer.type())))
          .body(answer.body())
          .build();
    }

    @Override
    public boolean applyGlobally() {
      return true;
    }

    @Override
    public String getName() {
      return "camunda";
    }
  }
}
