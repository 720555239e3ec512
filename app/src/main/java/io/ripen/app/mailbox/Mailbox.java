package io.ripen.app.mailbox;

import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The mails that came in, one file each, named so that the newest sorts last. Safe for use by many
 * threads; one process per folder.
 */
@Component
@Profile({"local", "demo"})
class Mailbox {

  private static final String SUFFIX = ".eml";
  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final int keep;
  private final ConcurrentSkipListSet<String> ids = new ConcurrentSkipListSet<>();
  private final Map<String, Mail.Summary> summaries = new ConcurrentHashMap<>();

  Mailbox(SinkSettings settings) throws IOException {
    this.folder = settings.folder();
    this.keep = settings.keep();
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(UNFINISHED)) {
          Files.delete(file);
        } else if (name.endsWith(SUFFIX)) {
          ids.add(name.substring(0, name.length() - SUFFIX.length()));
        }
      }
    }
  }

  /**
   * Keeps a mail.
   *
   * @return its id, once the mail would survive a loss of power
   */
  String add(Envelope envelope, byte[] message) throws IOException {
    String id = UuidCreator.getTimeOrderedEpoch().toString();
    Path unfinished = folder.resolve(id + UNFINISHED);
    try (FileChannel file =
        FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(file, envelope.lines());
      write(file, message);
      file.force(true);
    }
    Files.move(unfinished, file(id), StandardCopyOption.ATOMIC_MOVE);
    try (FileChannel directory = FileChannel.open(folder)) {
      directory.force(true);
    }
    ids.add(id);
    while (ids.size() > keep) {
      delete(ids.first());
    }
    return id;
  }

  /** The newest mails that match, newest first. */
  List<Mail.Summary> newest(Predicate<Mail.Summary> matching, int limit) {
    return ids.descendingSet().stream()
        .flatMap(id -> summary(id).stream())
        .filter(matching)
        .limit(limit)
        .toList();
  }

  int size() {
    return ids.size();
  }

  Optional<Mail> find(String id) {
    return source(id).map(bytes -> MailReader.read(id, bytes));
  }

  /** A mail as it came in, after the lines of its envelope. */
  Optional<byte[]> source(String id) {
    // Only what we named ourselves is looked for among the files.
    if (!ids.contains(id)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(file(id)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void deleteAll() throws IOException {
    for (String id : List.copyOf(ids)) {
      delete(id);
    }
  }

  private Optional<Mail.Summary> summary(String id) {
    Mail.Summary known = summaries.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Mail.Summary> read = find(id).map(Mail::summary);
    read.ifPresent(summary -> summaries.put(id, summary));
    return read;
  }

  private void delete(String id) throws IOException {
    ids.remove(id);
    summaries.remove(id);
    Files.deleteIfExists(file(id));
  }

  private Path file(String id) {
    return folder.resolve(id + SUFFIX);
  }

  private static void write(FileChannel file, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
  }
}
