package io.ripen.engine.flows;

import io.ripen.engine.feel.Feel;
import io.ripen.engine.forms.FormsFolder;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks flows, tables, element templates and messages over; needs no server. */
public final class FlowCheck {

  /** A problem of an engine's table that begins with its place. */
  private static final Pattern PLACED = Pattern.compile("((?:rule|column) [^:]+): (.*)");

  /** What the engine reads itself. */
  private static final List<String> ENGINE_TABLES = List.of(SignalNames.FILE, ScoreTable.FILE);

  /** What the engine reads itself where the flow is there: who gets which leads. */
  public static final String ROUTING = "sales-handoff/routing.dmn";

  private final Path bpmn;
  private final TableReader tables;
  private final Existing existing;
  private final FormsFolder forms;
  private final Feel feel = new Feel(Clock.systemUTC());

  /** Reads a table as the engine does when it starts. */
  @FunctionalInterface
  public interface TableReader {

    /** All that keeps the engine from using it, as {@code rule 2, output key: is …}. */
    List<String> problems(Path table);
  }

  /**
   * For who has read the engine's own tables already, as the engine has.
   *
   * @param bpmn the folder with a folder per flow
   */
  public FlowCheck(Path bpmn) {
    this(bpmn, table -> List.of());
  }

  /**
   * @param bpmn the folder with a folder per flow
   * @param tables reads {@code signals.dmn}, {@code score.dmn} and {@code routing.dmn}
   */
  public FlowCheck(Path bpmn, TableReader tables) {
    this(bpmn, tables, Existing.NOT_ASKED);
  }

  FlowCheck(Path bpmn, TableReader tables, Existing existing) {
    this.bpmn = bpmn;
    this.tables = tables;
    this.existing = existing;
    this.forms = new FormsFolder(bpmn);
  }

  /** Everything that is wrong anywhere in the folder, ordered by file. */
  public List<Finding> all() {
    List<Finding> templates = ElementTemplates.read(bpmn).findings();
    List<Finding> findings = new ArrayList<>(templates);
    // A template that cannot be read is missing everywhere; saying so would only repeat it.
    check(files()).stream()
        .filter(finding -> templates.isEmpty() || !finding.rule().equals(TemplateRule.MISSING))
        .forEach(findings::add);
    for (String name : ENGINE_TABLES) {
      if (!Files.exists(bpmn.resolve(name))) {
        Report report = new Report(name);
        checkEngineTable(bpmn.resolve(name), report);
        findings.addAll(report.findings());
      }
    }
    // What is broken is not there to choose; saying so would only repeat it.
    if (findings.stream().noneMatch(Finding::isError)) {
      findings.addAll(palette().behind());
    }
    return findings.stream().distinct().sorted(Comparator.comparing(Finding::file)).toList();
  }

  /**
   * What is wrong with some files, and with the messages of those that are flows.
   *
   * @param files {@code .bpmn}, {@code .dmn} and {@code .form} files; others are not looked at
   */
  public List<Finding> check(List<Path> files) {
    List<FlowRule> rules =
        new FlowRules(bpmn, feel, existing)
            .with(
                Stream.concat(files().stream(), files.stream())
                    .filter(file -> !isEngines(file))
                    .toList());
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      findings.addAll(check(file, rules));
    }
    return findings.stream().distinct().toList();
  }

  /**
   * The same for any files that somebody names: templates of the palette and messages, too, these
   * with their flow. What cannot be looked at is an error.
   */
  public List<Finding> checkNamed(List<Path> files) {
    return new NamedFiles(this).check(files);
  }

  /**
   * What flows can come to; one that cannot be read is left out.
   *
   * @param files none means all in the folder
   */
  public List<FlowLoad> loads(List<Path> files) {
    FlowLoads loads = new FlowLoads(SignalNames.read(bpmn, FlowRules.segments(bpmn)));
    List<FlowLoad> found = new ArrayList<>();
    for (Path file : files.isEmpty() ? files() : files) {
      if (isFlow(file)) {
        try {
          FlowReader.read(shown(file), Files.readAllBytes(file), new Report(shown(file)))
              .map(loads::of)
              .ifPresent(found::add);
        } catch (IOException e) {
          // The check tells of it.
        }
      }
    }
    return found;
  }

  /** The palette's drop-downs, and what they have to list. */
  public Palette palette() {
    return new Palette(bpmn, files().stream().filter(file -> !isEngines(file)).toList());
  }

  /** The same for another folder. */
  FlowCheck of(Path folder) {
    return new FlowCheck(folder, tables, existing);
  }

  /** The folder with a folder per flow. */
  public Path folder() {
    return bpmn;
  }

  /** The flows of the folder, the tables in it and beside them, and the forms. */
  List<Path> files() {
    // A folder that is a link itself would not be walked into.
    Path inside = bpmn.resolve(".");
    try (Stream<Path> files = Files.walk(inside, 2)) {
      return files
          .filter(file -> isFlow(file) || isTable(file) || isForm(file))
          .map(file -> bpmn.resolve(inside.relativize(file)))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(
          "ripen.bpmn: %s cannot be read (expected: a folder with flows)".formatted(bpmn), e);
    }
  }

  static boolean isFlow(Path file) {
    return file.toString().endsWith(".bpmn");
  }

  static boolean isTable(Path file) {
    return file.toString().endsWith(".dmn");
  }

  static boolean isForm(Path file) {
    return file.toString().endsWith(".form");
  }

  private List<Finding> check(Path file, List<FlowRule> rules) {
    String shown = shown(file);
    Report report = new Report(shown);
    try {
      byte[] content = Files.readAllBytes(file);
      if (isFlow(file)) {
        FlowReader.read(shown, content, report)
            .ifPresent(flow -> rules.forEach(rule -> rule.check(flow, report)));
      } else if (isAt(file, Segments.FILE.name())) {
        checkSegments(file, report);
      } else if (isTable(file)) {
        new TableCheck().check(content, report);
        if (report.findings().isEmpty() && isEngineTable(file)) {
          checkEngineTable(file, report);
        }
      } else if (isForm(file)) {
        FormIds.check(content, report);
        if (report.findings().isEmpty() && forms.holds(file)) {
          forms
              .problems(String.valueOf(file.getFileName()), content)
              .forEach(it -> report.error(it.component(), "form", it.problem(), it.fix()));
        }
      }
    } catch (IOException e) {
      report.error("", "file", "it cannot be read", "see that it is there and may be read");
    }
    return report.findings();
  }

  private void checkEngineTable(Path table, Report report) {
    for (String problem : tables.problems(table)) {
      Matcher placed = PLACED.matcher(problem);
      boolean hasPlace = placed.matches();
      report.error(
          hasPlace ? placed.group(1) : "",
          "table",
          hasPlace ? placed.group(2) : problem,
          "correct it in Camunda Modeler: the engine does not start with it");
    }
  }

  /**
   * What keeps files from being deployed, whatever is right about them otherwise, and then what
   * {@link #check} says.
   */
  public List<Finding> checkToDeploy(List<Path> files) {
    List<Finding> findings = new ArrayList<>();
    for (Path file : files) {
      if (!isDeployable(file)) {
        Report report = new Report(shown(file));
        if (isFlow(file) || isTable(file) || isForm(file)) {
          report.error(
              "",
              "deploy",
              "it is read from the folder, and cannot be deployed",
              "save it there: it holds from then on");
        } else {
          report.error(
              "",
              "deploy",
              "it is neither a flow nor a table nor a form",
              "name .bpmn, .dmn and .form files");
        }
        findings.addAll(report.findings());
      }
    }
    findings.addAll(check(files));
    return findings;
  }

  /**
   * Whether only an engine can tell for sure: that something is not there, which may have been
   * deployed from elsewhere.
   */
  public static boolean isForEngineToSay(Finding finding) {
    return CalledRule.NAMES.contains(finding.rule());
  }

  /** What can be deployed of the folder. */
  public List<Path> deployable() {
    return files().stream().filter(this::isDeployable).toList();
  }

  /** All but forms of sites, which are read from their files. */
  private boolean isDeployable(Path file) {
    return (isFlow(file) || isTable(file) || isForm(file)) && !forms.holds(file);
  }

  /**
   * Where a file of this name would lie in the folder: in place of one that can be deployed, else
   * of any, else where a new one belongs.
   *
   * @param name without its folder
   */
  Path place(String name) {
    List<Path> same =
        files().stream().filter(file -> String.valueOf(file.getFileName()).equals(name)).toList();
    return same.stream()
        .filter(this::isDeployable)
        .findFirst()
        .or(() -> same.stream().findFirst())
        .orElseGet(
            () ->
                isFlow(Path.of(name))
                    ? bpmn.resolve(name.substring(0, name.lastIndexOf('.'))).resolve(name)
                    : bpmn.resolve(name));
  }

  /** What the engine reads itself, and Zeebe has no use for. */
  boolean isEngines(Path file) {
    return isEngineTable(file) || forms.holds(file);
  }

  private boolean isEngineTable(Path file) {
    return Stream.concat(ENGINE_TABLES.stream(), Stream.of(ROUTING, Segments.FILE.name()))
        .anyMatch(name -> isAt(file, name));
  }

  private boolean isAt(Path file, String name) {
    return file.toAbsolutePath()
        .normalize()
        .equals(bpmn.resolve(name).toAbsolutePath().normalize());
  }

  private void checkSegments(Path file, Report report) {
    try {
      Segments unused = Segments.read(file);
    } catch (InvalidTable e) {
      String.valueOf(e.getMessage())
          .lines()
          .map(line -> line.startsWith(file + ": ") ? line.substring((file + ": ").length()) : line)
          .forEach(
              problem ->
                  report.error(
                      "",
                      "segments",
                      problem.strip(),
                      "correct it in Camunda Modeler: the engine does not start with it"));
    }
  }

  /** As findings name a file. */
  String shown(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path root = bpmn.toAbsolutePath().normalize();
    Path shown = absolute.startsWith(root) ? root.relativize(absolute) : absolute;
    return shown.toString().replace('\\', '/');
  }
}
