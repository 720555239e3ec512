package io.ripen.engine.flows;

import io.ripen.engine.content.MessageCheck;
import io.ripen.engine.flows.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Checks files that somebody names, whatever they are: none is passed without a look. */
final class NamedFiles {

  private static final String RULE = "file";

  private final FlowCheck check;

  NamedFiles(FlowCheck check) {
    this.check = check;
  }

  List<Finding> check(List<Path> files) {
    List<Finding> findings = new ArrayList<>();
    List<Path> flowsAndTables = new ArrayList<>();
    for (Path file : files) {
      if (FlowCheck.isFlow(file) || FlowCheck.isTable(file) || FlowCheck.isForm(file)) {
        flowsAndTables.add(file);
      } else if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        findings.add(
            error(file, "it is no file that can be read", "see that it is there and may be read"));
      } else if (isTemplate(file)) {
        findings.addAll(template(file));
      } else if (flowOfMessage(file).isPresent()) {
        String flow = flowOfMessage(file).get();
        // Which step sends it, and what for, says what it needs.
        flowsAndTables.add(drawing(flow));
        findings.addAll(message(flow, file));
      } else {
        findings.add(
            error(
                file,
                "it is neither a flow nor a table, a form, a template of the palette, or a message"
                    + " (FLOW/messages/NAME.LOCALE.mjml, .txt or .short.txt)",
                "name such a file; what else lies beside a flow is checked with it"));
      }
    }
    findings.addAll(check.check(flowsAndTables));
    return findings.stream().distinct().toList();
  }

  private boolean isTemplate(Path file) {
    return file.toString().endsWith(".json")
        && folder(file).equals(real(check.folder().resolve(ElementTemplates.FOLDER)));
  }

  private List<Finding> template(Path file) {
    String shown = ElementTemplates.FOLDER + "/" + file.getFileName();
    return ElementTemplates.read(check.folder()).findings().stream()
        .filter(finding -> finding.file().equals(shown))
        .toList();
  }

  /** The name of the flow that a message belongs to; empty for what is no message of any. */
  private Optional<String> flowOfMessage(Path file) {
    Path messages = folder(file);
    return Optional.ofNullable(messages.getParent())
        .map(flow -> String.valueOf(flow.getFileName()))
        .filter(
            flow ->
                messages.equals(real(check.folder().resolve(flow).resolve(MessageCheck.FOLDER))))
        .filter(flow -> Files.exists(drawing(flow)))
        .filter(flow -> MessageCheck.isPart(String.valueOf(file.getFileName())));
  }

  private Path drawing(String flow) {
    return check.folder().resolve(flow).resolve(flow + ".bpmn");
  }

  /** Also where no step sends it, so that the flow's own check does not look. */
  private List<Finding> message(String flow, Path file) {
    var messages = new MessageCheck(check.folder());
    String name = String.valueOf(file.getFileName());
    return Stream.concat(
            messages.checkPart(flow, name).stream()
                .map(problem -> SendRule.finding(problem, Severity.ERROR, SendRule.MESSAGE)),
            messages.unsureDownloadsOfPart(flow, name).stream()
                .map(problem -> SendRule.finding(problem, Severity.WARNING, SendRule.DOWNLOAD)))
        .toList();
  }

  private Finding error(Path file, String problem, String fix) {
    return new Finding(Severity.ERROR, check.shown(file), "", RULE, problem, fix);
  }

  private static Path folder(Path file) {
    return real(Objects.requireNonNull(file.toAbsolutePath().getParent()));
  }

  /** By whatever links somebody came there. */
  private static Path real(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      return folder.toAbsolutePath().normalize();
    }
  }
}
