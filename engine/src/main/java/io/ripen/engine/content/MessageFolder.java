package io.ripen.engine.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The messages of a folder; each is compiled when first used and again when its files change. */
final class MessageFolder implements MessageCatalog {

  private final MessageFiles files;
  private final Map<Path, Compiled> compiled = new ConcurrentHashMap<>();

  MessageFolder(Path bpmn) {
    this.files = new MessageFiles(bpmn);
  }

  private final Map<Path, CompiledShort> compiledShort = new ConcurrentHashMap<>();

  private final Map<Path, KnownValues> knownValues = new ConcurrentHashMap<>();

  private record KnownValues(Stamp stamp, FlowValues values) {}

  private record CompiledShort(Stamp stamp, ShortTemplate template) {}

  private record Compiled(Stamp mjml, Stamp text, MessageTemplate template) {}

  /** Changes when a file does. */
  private record Stamp(FileTime modified, long size) {}

  @Override
  public RenderedMessage render(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts)
      throws ContentProblem {
    files.checkNames(flow, message);
    for (String candidate : MessageFiles.candidates(locale)) {
      Path mjml = files.file(flow, message, candidate, "mjml");
      Path text = files.file(flow, message, candidate, "txt");
      Stamp mjmlStamp = stamp(mjml);
      Stamp textStamp = stamp(text);
      if (mjmlStamp != null || textStamp != null) {
        return template(candidate, mjml, mjmlStamp, text, textStamp)
            .render(values(flow).with(facts), files.attachments(flow, message, candidate));
      }
    }
    throw missing(flow, message, "mjml", "write it and its text part, or name another in the flow");
  }

  @Override
  public RenderedMessage preview(String flow, String message, String locale) throws ContentProblem {
    files.checkNames(flow, message);
    Path preview = files.bpmn().resolve(flow).resolve("preview.json");
    return render(flow, message, locale, PreviewFacts.read(preview, files.shown(preview)));
  }

  @Override
  public ShortText renderShort(
      String flow, String message, @Nullable String locale, Map<String, @Nullable Object> facts)
      throws ContentProblem {
    files.checkNames(flow, message);
    for (String candidate : MessageFiles.candidates(locale)) {
      Path file = files.file(flow, message, candidate, MessageFiles.SHORT);
      Stamp stamp = stamp(file);
      if (stamp != null) {
        return shortTemplate(candidate, file, stamp).render(values(flow).with(facts));
      }
    }
    throw missing(flow, message, MessageFiles.SHORT, "write it, or name another in the flow");
  }

  /** What the flow's messages say alike; read anew when the file changes. */
  FlowValues values(String flow) throws ContentProblem {
    Path file = files.bpmn().resolve(flow).resolve(FlowValues.FILE);
    Stamp stamp = stamp(file);
    if (stamp == null) {
      return FlowValues.NONE;
    }
    KnownValues known = knownValues.get(file);
    if (known != null && known.stamp().equals(stamp)) {
      return known.values();
    }
    FlowValues values = FlowValues.read(file, files.shown(file));
    knownValues.put(file, new KnownValues(stamp, values));
    return values;
  }

  /** One locale of a short message, without any falling back. */
  ShortTemplate shortTemplate(String flow, String message, String locale) throws ContentProblem {
    Path file = files.file(flow, message, locale, MessageFiles.SHORT);
    Stamp stamp = stamp(file);
    if (stamp == null) {
      throw new ContentProblem(files.shown(file), 0, "the file is missing", "write it");
    }
    return shortTemplate(locale, file, stamp);
  }

  private ShortTemplate shortTemplate(String locale, Path file, Stamp stamp) throws ContentProblem {
    CompiledShort known = compiledShort.get(file);
    if (known != null && known.stamp().equals(stamp)) {
      return known.template();
    }
    ShortTemplate template = ShortTemplate.compile(locale, files.read(file));
    compiledShort.put(file, new CompiledShort(stamp, template));
    return template;
  }

  /** One locale of a message, without any falling back. */
  MessageTemplate template(String flow, String message, String locale) throws ContentProblem {
    Path mjml = files.file(flow, message, locale, "mjml");
    Path text = files.file(flow, message, locale, "txt");
    return template(locale, mjml, stamp(mjml), text, stamp(text));
  }

  private MessageTemplate template(
      String locale, Path mjml, @Nullable Stamp mjmlStamp, Path text, @Nullable Stamp textStamp)
      throws ContentProblem {
    if (mjmlStamp == null) {
      throw new ContentProblem(
          files.shown(mjml), 0, "the HTML part is missing", "write it beside the text part");
    }
    if (textStamp == null) {
      throw new ContentProblem(
          files.shown(text), 0, "the text part is missing", "write it beside the HTML part");
    }
    Compiled known = compiled.get(mjml);
    if (known != null && known.mjml().equals(mjmlStamp) && known.text().equals(textStamp)) {
      return known.template();
    }
    MessageTemplate template = MessageTemplate.compile(locale, files.read(mjml), files.read(text));
    compiled.put(mjml, new Compiled(mjmlStamp, textStamp, template));
    return template;
  }

  private ContentProblem missing(String flow, String message, String part, String fix) {
    Set<String> names = files.names(flow);
    String there = names.isEmpty() ? "none" : String.join(", ", names);
    Path expected = files.file(flow, message, MessageFiles.FALLBACK, part);
    return new ContentProblem(
        files.shown(expected), 0, "there is no such message (there are: " + there + ")", fix);
  }

  private static @Nullable Stamp stamp(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      return null;
    }
  }
}
