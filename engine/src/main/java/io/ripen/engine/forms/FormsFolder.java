package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.links.Magnets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The forms in {@code bpmn/forms}: {@code NAME.form}, and {@code NAME.LOCALE.form} in other
 * languages. A file that changed is read anew; one that cannot be served is not there, and the log
 * says why. Safe for use by many threads.
 */
public final class FormsFolder {

  /** The folder's name. */
  public static final String NAME = "forms";

  private static final Logger LOG = LoggerFactory.getLogger(FormsFolder.class);
  private static final String ENDING = ".form";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9]+(-[A-Za-z0-9]+)*");

  /** What a message that hands out the file says. */
  private static final String DOWNLOAD = "links.download";

  private final Path bpmn;
  private final Magnets magnets;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();
  private final Set<Path> withoutMagnet = ConcurrentHashMap.newKeySet();

  private record Known(FileTime modified, long size, @Nullable LeadForm form) {}

  /**
   * @param bpmn the folder with the flows
   */
  public FormsFolder(Path bpmn) {
    this.bpmn = bpmn;
    this.magnets = new Magnets(bpmn);
  }

  /** Whether a file is a form for sites, and none of a task for people. */
  public boolean holds(Path file) {
    Path folder = bpmn.resolve(NAME).toAbsolutePath().normalize();
    return folder.equals(file.toAbsolutePath().normalize().getParent());
  }

  /** All that keeps a form from being served; none where it is in order. */
  public List<FormProblem> problems(String fileName, byte[] content) {
    try {
      FormReader.read(nameOf(fileName), content, this::hasMagnet);
      return FORM.matcher(nameOf(fileName)).matches()
          ? List.of()
          : List.of(
              new FormProblem(
                  "",
                  "the file's name is " + fileName,
                  "use letters, digits and hyphens: it becomes a part of the address"));
    } catch (InvalidForm e) {
      return e.problems();
    }
  }

  /** The names of the forms that lie in the folder, whether they can be served or not. */
  public Set<String> names() {
    Set<String> names = new TreeSet<>();
    files().forEach(file -> names.add(nameOf(file)));
    return names;
  }

  /** The form in this language, or as {@code NAME.form} has it. */
  Optional<LeadForm> find(String name, String language) {
    if (!FORM.matcher(name).matches()) {
      return Optional.empty();
    }
    return read(name, name + "." + language + ENDING).or(() -> read(name, name + ENDING));
  }

  /** What of the folder cannot be served is said once, and holds nothing else back. */
  void check() {
    for (String file : files()) {
      read(nameOf(file), file);
    }
  }

  private Set<String> files() {
    try (Stream<Path> files = Files.list(bpmn.resolve(NAME))) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.endsWith(ENDING))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static String nameOf(String file) {
    return file.replaceFirst("\\..*$", "");
  }

  private Optional<LeadForm> read(String name, String fileName) {
    Path file = bpmn.resolve(NAME).resolve(fileName);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.empty();
      }
      FileTime modified = Files.getLastModifiedTime(file);
      long size = Files.size(file);
      Known before = known.get(file);
      if (before == null || !before.modified().equals(modified) || before.size() != size) {
        before = new Known(modified, size, load(name, file));
        known.put(file, before);
      }
      LeadForm form = before.form();
      return form != null && hasItsMagnet(form, file) ? Optional.of(form) : Optional.empty();
    } catch (IOException e) {
      LOG.error("The form {} cannot be read: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private @Nullable LeadForm load(String name, Path file) throws IOException {
    try {
      return FormReader.read(name, Files.readAllBytes(file), any -> true);
    } catch (InvalidForm e) {
      tell(file, e.problems());
      return null;
    }
  }

  /** Asked each time: its file may come, or go, while the form stays as it is. */
  private boolean hasItsMagnet(LeadForm form, Path file) throws IOException {
    String magnet = form.submit().properties().get(FormReader.MAGNET);
    if (magnet == null || hasMagnet(magnet)) {
      withoutMagnet.remove(file);
      return true;
    }
    if (withoutMagnet.add(file)) {
      tell(file, problems(String.valueOf(file.getFileName()), Files.readAllBytes(file)));
    }
    return false;
  }

  private static void tell(Path file, List<FormProblem> problems) {
    problems.forEach(
        problem -> LOG.error("Not served: {}/{}: {}", NAME, file.getFileName(), problem));
  }

  /**
   * Whether a flow that hands files out has it: a link leads to the files of its own flow alone.
   */
  private boolean hasMagnet(String magnet) {
    try (Stream<Path> flows = Files.list(bpmn.resolve("."))) {
      return flows
          .map(flow -> String.valueOf(flow.getFileName()))
          .anyMatch(flow -> magnets.find(flow, magnet).isPresent() && handsOut(flow));
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  private boolean handsOut(String flow) {
    try (Stream<Path> messages = Files.list(bpmn.resolve(flow).resolve("messages"))) {
      for (Path message : messages.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(message), UTF_8).contains(DOWNLOAD)) {
          return true;
        }
      }
      return false;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
