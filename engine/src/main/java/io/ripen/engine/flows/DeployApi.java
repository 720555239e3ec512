package io.ripen.engine.flows;

import io.ripen.engine.rules.RuleVersion;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Deploys flows, decision tables, forms and files of rules: {@code ripen flow deploy}. */
@RestController
@Profile("engine")
@RequestMapping("/api/deployments")
class DeployApi {

  private static final Pattern NAME =
      Pattern.compile("[\\p{L}\\p{N}][^/\\\\\\p{Cntrl}]*\\.(bpmn|dmn|form)");
  private static final int LONGEST_BY = 100;

  private final Deployments deployments;

  DeployApi(Deployments deployments) {
    this.deployments = deployments;
  }

  /**
   * @param by who deploys, as they say themselves: the console's password is everybody's
   */
  record Request(@Nullable String by, @Nullable List<File> files) {}

  /**
   * @param content in Base64
   */
  record File(@Nullable String name, @Nullable String content) {}

  /**
   * @param warnings what the check said, none of it an error
   */
  record Answer(List<FlowThere> flows, List<TableThere> tables, List<String> warnings) {}

  record FlowThere(String id, int version, String file) {}

  record TableThere(String name, int version, String deployedBy) {}

  /** Only as JSON: a form of another site's page could send anything else. */
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  Answer deploy(@RequestBody Request request) {
    return switch (deployments.deploy(files(request), by(request.by()))) {
      case DeployResult.Deployed deployed -> answer(deployed);
      case DeployResult.Refused refused ->
          throw new ResponseStatusException(
              HttpStatus.UNPROCESSABLE_CONTENT,
              refused.findings().stream().map(Finding::toString).collect(Collectors.joining("\n")));
      case DeployResult.Rejected rejected ->
          throw new ResponseStatusException(
              HttpStatus.UNPROCESSABLE_CONTENT, "Zeebe refused: " + rejected.reason());
      case DeployResult.Unavailable unavailable ->
          throw new ResponseStatusException(
              HttpStatus.SERVICE_UNAVAILABLE, "Zeebe did not answer: " + unavailable.cause());
    };
  }

  private static Answer answer(DeployResult.Deployed deployed) {
    return new Answer(
        deployed.flows().stream()
            .map(flow -> new FlowThere(flow.processId(), flow.version(), flow.file()))
            .toList(),
        deployed.tables().stream().map(DeployApi::table).toList(),
        deployed.warnings().stream().map(Finding::toString).toList());
  }

  private static TableThere table(RuleVersion table) {
    return new TableThere(table.name(), table.version(), table.deployedBy());
  }

  private static Map<String, byte[]> files(Request request) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    if (request.files() == null || request.files().isEmpty()) {
      throw refuse("there are no files (expected: \"files\", each with name and content)");
    }
    for (File file : request.files()) {
      byte[] content = content(file);
      if (file.name() == null || !NAME.matcher(file.name()).matches() || content.length == 0) {
        throw refuse(
            "file %s is none to deploy (expected: the name of a .bpmn, .dmn or .form file without its folder, and the content in Base64)"
                .formatted(file.name()));
      }
      if (files.put(file.name(), content) != null) {
        throw refuse("two files have the name %s (expected: each its own)".formatted(file.name()));
      }
    }
    return files;
  }

  /** Empty where there is none, or none in Base64. */
  private static byte[] content(File file) {
    try {
      return Base64.getDecoder().decode(file.content() == null ? "" : file.content());
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static String by(@Nullable String given) {
    String by = given == null ? "" : given.strip();
    if (by.isEmpty() || by.length() > LONGEST_BY || by.chars().anyMatch(Character::isISOControl)) {
      throw refuse(
          "by is \"%s\" (expected: who deploys, in at most %d characters)"
              .formatted(
                  by.length() > LONGEST_BY ? by.substring(0, LONGEST_BY) + "…" : by, LONGEST_BY));
    }
    return by;
  }

  private static ResponseStatusException refuse(String reason) {
    return new ResponseStatusException(HttpStatus.BAD_REQUEST, reason);
  }
}
