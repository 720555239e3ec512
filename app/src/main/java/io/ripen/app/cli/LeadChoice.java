package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.remote.EngineApi;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Which person a command is about. */
final class LeadChoice {

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  @Parameters(paramLabel = "LEAD", arity = "0..1", description = "the lead's id, also a former one")
  private @Nullable String lead;

  @Option(names = "--email", paramLabel = "ADDRESS", description = "the lead with this address")
  private @Nullable String email;

  @Option(
      names = "--phone",
      paramLabel = "NUMBER",
      description = "the lead with this number, with + and the country's code")
  private @Nullable String phone;

  /**
   * The lead's id.
   *
   * @throws Failure when it is not exactly one
   */
  String id(EngineApi api) throws EngineApi.Away {
    if (Stream.of(lead == null, email == null, phone == null).filter(missing -> !missing).count()
        != 1) {
      throw new Failure("nobody, or several, are named (expected: LEAD, --email or --phone)");
    }
    if (lead != null) {
      if (!ID.matcher(lead).matches()) {
        throw new Failure(
            "'%s' is no lead's id (expected: as in the console's address, or --email)"
                .formatted(lead));
      }
      return lead;
    }
    String what = email != null ? "email" : "phone";
    String value = String.valueOf(email != null ? email : phone);
    JsonNode found =
        api.get(
            "/api/leads/ids?%s=%s"
                .formatted(what, URLEncoder.encode(value, StandardCharsets.UTF_8)));
    List<String> ids = new ArrayList<>();
    found.forEach(id -> ids.add(id.asString("")));
    if (ids.isEmpty()) {
      throw new Failure("there is no lead with %s %s".formatted(what, value));
    }
    if (ids.size() > 1) {
      throw new Failure(
          "%d leads have %s %s, and may be different people (expected: one of their ids: %s)"
              .formatted(ids.size(), what, value, String.join(", ", ids)));
    }
    return ids.getFirst();
  }
}
