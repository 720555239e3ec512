package io.ripen.engine.flows;

import io.ripen.engine.flows.Finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The palette's drop-downs that list what lies in the folder with the flows. A template's version
 * says what fields it has, not what there is to choose: so it stays as it is.
 */
public final class Palette {

  private final Path folder;
  private final FolderChoices there;
  private final Map<ChoiceList, Optional<List<Choice>>> known = new EnumMap<>(ChoiceList.class);

  /**
   * @param bpmn the folder with a folder per flow
   * @param files what Zeebe gets of it: flows, tables, and forms of tasks
   */
  Palette(Path bpmn, Collection<Path> files) {
    this.folder = bpmn.resolve(ElementTemplates.FOLDER);
    this.there = new FolderChoices(bpmn, files);
  }

  /**
   * A file that was written anew.
   *
   * @param fields the labels of the fields whose choices it is about
   */
  public record Renewed(String file, List<String> fields) {}

  /** What is listed otherwise than it lies in the folder, a warning for each kind of it. */
  public List<Finding> behind() {
    Map<ChoiceList, Set<String>> missing = new EnumMap<>(ChoiceList.class);
    Map<ChoiceList, Set<String>> gone = new EnumMap<>(ChoiceList.class);
    for (Path file : files()) {
      try {
        for (TemplateFile.DropDown each : TemplateFile.read(file).dropDowns()) {
          choices(each.list())
              .filter(choices -> !choices.equals(each.choices()))
              .ifPresent(
                  choices -> {
                    note(missing, each.list(), choices, each.choices());
                    note(gone, each.list(), each.choices(), choices);
                  });
        }
      } catch (IOException e) {
        // The check of templates says that it cannot be read.
      }
    }
    return missing.entrySet().stream()
        .map(
            each ->
                finding(each.getKey(), each.getValue(), gone.getOrDefault(each.getKey(), Set.of())))
        .toList();
  }

  /** Notes what only the first of two lists has. */
  private static void note(
      Map<ChoiceList, Set<String>> noted, ChoiceList list, List<Choice> has, List<Choice> hasNot) {
    Set<String> names = noted.computeIfAbsent(list, any -> new TreeSet<>());
    has.stream().filter(choice -> !hasNot.contains(choice)).map(Choice::name).forEach(names::add);
  }

  private static Finding finding(ChoiceList list, Set<String> missing, Set<String> gone) {
    String problem =
        Stream.of(
                missing.isEmpty() ? "" : "do not offer " + String.join("; ", missing),
                gone.isEmpty() ? "" : "offer what is not there: " + String.join("; ", gone))
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(", and "));
    return new Finding(
        Severity.WARNING,
        ElementTemplates.FOLDER,
        "",
        "choices",
        "drop-downs for %s %s"
            .formatted(list.plural(), problem.isEmpty() ? "are in another order" : problem),
        "run ./ripen flow templates, which lists what lies in the folder");
  }

  /**
   * Lists what lies in the folder, and changes nothing else of any file; where something of a kind
   * cannot be read, its lists stay as they are. Each file is there as it was or as it shall be,
   * whenever this is interrupted; doing it again does the rest.
   */
  public List<Renewed> renew() throws IOException {
    List<Renewed> renewed = new ArrayList<>();
    for (Path path : files()) {
      TemplateFile file = TemplateFile.read(path);
      String changed = file.with(this::choices);
      if (!changed.equals(file.text())) {
        file.write(changed);
        renewed.add(
            new Renewed(
                String.valueOf(path.getFileName()),
                file.dropDowns().stream()
                    .filter(
                        each ->
                            choices(each.list())
                                .filter(choices -> !choices.equals(each.choices()))
                                .isPresent())
                    .map(TemplateFile.DropDown::label)
                    .distinct()
                    .toList()));
      }
    }
    return renewed;
  }

  private Optional<List<Choice>> choices(ChoiceList list) {
    return known.computeIfAbsent(list, there::of);
  }

  private List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (IOException e) {
      // The check of templates says that it cannot be read.
      return List.of();
    }
  }
}
