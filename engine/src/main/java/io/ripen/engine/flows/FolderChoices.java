package io.ripen.engine.flows;

import io.ripen.engine.content.MessageCheck;
import io.ripen.engine.content.MessageKind;
import io.ripen.engine.forms.FormsFolder;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.tables.InvalidTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What there is in the folder with the flows to choose from. */
final class FolderChoices {

  private static final Pattern ASKED = Pattern.compile("links\\.answer\\.([A-Za-z0-9_-]+)\\.");
  private static final Pattern FIELD =
      Pattern.compile("\"question(?:\\.|\"\\s*:\\s*\")([A-Za-z0-9_-]+)\"");

  private final Path bpmn;
  private final Collection<Path> files;
  private final MessageCheck messages;

  /**
   * @param bpmn the folder with a folder per flow
   * @param files what Zeebe gets of it: flows, tables, and forms of tasks
   */
  FolderChoices(Path bpmn, Collection<Path> files) {
    this.bpmn = bpmn;
    this.files = files;
    this.messages = new MessageCheck(bpmn);
  }

  /**
   * In the order in which they are shown: by value, so that the same folder gives the same.
   *
   * @return empty where something cannot be read, so that nobody knows what is there
   */
  Optional<List<Choice>> of(ChoiceList list) {
    try {
      return read(list);
    } catch (IOException e) {
      // The check of the folder and of the file itself says what is wrong with it.
      return Optional.empty();
    }
  }

  private Optional<List<Choice>> read(ChoiceList list) throws IOException {
    return switch (list) {
      case EMAILS -> Optional.of(messages(MessageKind.EMAIL));
      case SHORT_MESSAGES -> Optional.of(messages(MessageKind.SHORT));
      case SITE_FORMS -> Optional.of(siteForms());
      case TASK_FORMS -> taskForms();
      case FLOWS -> named("process", FolderChoices::isStartable);
      case DECISIONS -> named("decision", FlowCheck::isTable);
      case QUESTIONS -> questions();
      case LISTS -> segments(Segment::isList, "");
      case SEGMENTS_ENTERED -> segments(any -> true, "segment.entered.");
      case SEGMENTS_LEFT -> segments(any -> true, "segment.left.");
      case STARTING_SIGNALS -> signals((name, all) -> !all.ageless().contains(name));
      case LEAD_SIGNALS -> signals((name, all) -> all.keys(name).contains("lead"));
      case CART_SIGNALS -> signals((name, all) -> all.keys(name).contains("cart"));
      case ORDER_SIGNALS -> signals((name, all) -> all.keys(name).contains("order"));
    };
  }

  private List<Choice> siteForms() throws IOException {
    checkReadable(bpmn.resolve(FormsFolder.NAME));
    return plain(new FormsFolder(bpmn).names());
  }

  private Optional<List<Choice>> taskForms() {
    return files.stream().filter(FlowCheck::isForm).allMatch(FormIds::isReadable)
        ? Optional.of(plain(FormIds.read(files).keySet()))
        : Optional.empty();
  }

  private List<Choice> messages(MessageKind kind) throws IOException {
    Map<String, Set<String>> places = new TreeMap<>();
    for (String flow : folders()) {
      // Of a folder that cannot be read the check knows no messages.
      checkReadable(messagesOf(flow));
      for (String message : messages.messages(flow)) {
        if (messages.isThere(flow, message, kind)) {
          places.computeIfAbsent(message, any -> new TreeSet<>()).add(flow);
        }
      }
    }
    return placed(places, message -> message);
  }

  /** Those that messages ask, with their flows, and those that forms do. */
  private Optional<List<Choice>> questions() throws IOException {
    Path forms = bpmn.resolve(FormsFolder.NAME);
    // What is being written may ask what its half does not.
    if (!filesIn(forms).stream().filter(FlowCheck::isForm).allMatch(FormIds::isReadable)) {
      return Optional.empty();
    }
    Map<String, Set<String>> places = new TreeMap<>();
    for (String flow : folders()) {
      addFound(ASKED, messagesOf(flow), flow, places);
    }
    addFound(FIELD, forms, FormsFolder.NAME, places);
    return Optional.of(placed(places, question -> "=leadId + \":" + question + "\""));
  }

  private Path messagesOf(String flow) {
    return bpmn.resolve(flow).resolve("messages");
  }

  private static void addFound(
      Pattern pattern, Path folder, String place, Map<String, Set<String>> places)
      throws IOException {
    for (Path file : filesIn(folder)) {
      Matcher found = pattern.matcher(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
      while (found.find()) {
        places.computeIfAbsent(found.group(1), any -> new TreeSet<>()).add(place);
      }
    }
  }

  private Optional<List<Choice>> segments(Predicate<Segment> wanted, String prefix) {
    try {
      Map<String, String> names = new TreeMap<>();
      Segments.read(bpmn.resolve(Segments.FILE.name())).all().stream()
          .filter(wanted)
          .forEach(segment -> names.put(segment.id(), segment.name()));
      return Optional.of(
          names.entrySet().stream()
              .map(each -> new Choice(both(each.getKey(), each.getValue()), prefix + each.getKey()))
              .toList());
    } catch (InvalidTable e) {
      // The check of the file itself says what is wrong with it.
      return Optional.empty();
    }
  }

  private Optional<List<Choice>> signals(BiPredicate<String, SignalNames> wanted) {
    try {
      SignalNames all =
          SignalNames.read(bpmn, Segments.read(bpmn.resolve(Segments.FILE.name())).all());
      return all.known()
          ? Optional.of(
              all.titles().entrySet().stream()
                  .filter(each -> wanted.test(each.getKey(), all))
                  .map(each -> new Choice(both(each.getKey(), each.getValue()), each.getKey()))
                  .toList())
          : Optional.empty();
    } catch (InvalidTable e) {
      // Its signals are named by segments; the check of their file says what is wrong with it.
      return Optional.empty();
    }
  }

  /** The elements of a kind that the files have, with their names. */
  private Optional<List<Choice>> named(String element, Predicate<Path> wanted) throws IOException {
    Map<String, String> names = new TreeMap<>();
    for (Path file : files) {
      if (wanted.test(file)) {
        try {
          NodeList nodes =
              SafeXml.parse(Files.readAllBytes(file)).getElementsByTagNameNS("*", element);
          for (int i = 0; i < nodes.getLength(); i++) {
            Element each = (Element) nodes.item(i);
            names.put(each.getAttribute("id"), each.getAttribute("name"));
          }
        } catch (SAXException e) {
          // The check of the file itself says what is wrong with it.
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        names.entrySet().stream()
            .map(each -> new Choice(both(each.getKey(), each.getValue()), each.getKey()))
            .toList());
  }

  /** Whether a step can start it; one that cannot be read, its own check tells of. */
  private static boolean isStartable(Path file) {
    try {
      return FlowCheck.isFlow(file) && Startable.of(Files.readAllBytes(file)).lacking().isEmpty();
    } catch (IOException | SAXException e) {
      return FlowCheck.isFlow(file);
    }
  }

  private static List<Choice> plain(Collection<String> names) {
    return new TreeSet<>(names).stream().map(name -> new Choice(name, name)).toList();
  }

  private static List<Choice> placed(Map<String, Set<String>> places, UnaryOperator<String> value) {
    return places.entrySet().stream()
        .map(
            each ->
                new Choice(
                    "%s (%s)".formatted(each.getKey(), String.join(", ", each.getValue())),
                    value.apply(each.getKey())))
        .toList();
  }

  private static String both(String id, String name) {
    return name.isBlank() || name.equals(id) ? id : "%s (%s)".formatted(name, id);
  }

  /** The names of the folders that can be flows'. */
  private Set<String> folders() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path folder : list(bpmn)) {
      if (Files.isDirectory(folder)) {
        names.add(String.valueOf(folder.getFileName()));
      }
    }
    return names;
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    // What may not be looked at is neither there nor not there, and a link that leads nowhere is.
    return Files.notExists(folder, LinkOption.NOFOLLOW_LINKS)
        ? List.of()
        : list(folder).stream().filter(Files::isRegularFile).toList();
  }

  private static void checkReadable(Path folder) throws IOException {
    var unused = filesIn(folder);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
