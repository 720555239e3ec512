package io.ripen.channels.email;

import jakarta.mail.FetchProfile;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.eclipse.angus.mail.imap.IMAPFolder;

/**
 * How often the line broke at which letter, over all conversations. A letter at which a server, or
 * something on the way, always fails comes after the others, and at last is not read at all. A
 * server that shows none for a while says nothing of any of them.
 */
final class Stumbling {

  /** A line may break by chance, and once more. */
  private static final int TOO_OFTEN = 3;

  /** What breaks again sooner may be the same trouble. */
  private static final long APART = Duration.ofMinutes(10).toNanos();

  private final LongSupplier nanoTime;
  private final Map<Long, Breaks> breaks = new HashMap<>();
  private long validity;
  private long lettersRead;
  private long lastTurn;

  Stumbling(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * All that are in the folder, by their UIDs. Those at which the line broke come last, and take
   * turns.
   */
  synchronized List<Filed> inOrder(IMAPFolder folder) throws MessagingException {
    Message[] messages = folder.getMessages();
    FetchProfile wanted = new FetchProfile();
    wanted.add(UIDFolder.FetchProfileItem.UID);
    wanted.add(FetchProfile.Item.FLAGS);
    folder.fetch(messages, wanted);
    if (folder.getUIDValidity() != validity) {
      breaks.clear();
      validity = folder.getUIDValidity();
    }
    List<Filed> letters = new ArrayList<>();
    for (Message message : messages) {
      letters.add(new Filed(folder.getUID(message), message));
    }
    breaks.keySet().retainAll(letters.stream().map(Filed::uid).toList());
    letters.sort(Comparator.comparingLong(letter -> of(letter).turn()));
    return letters;
  }

  /** Counts once in a while, and only if another letter was read meanwhile. */
  synchronized void brokeAt(Filed letter) {
    Breaks before = of(letter);
    long now = nanoTime.getAsLong();
    boolean isApart = before.counted() == 0 || now - before.at() >= APART;
    lastTurn++;
    breaks.put(
        letter.uid(),
        isApart && lettersRead > before.lettersRead()
            ? new Breaks(before.counted() + 1, now, lettersRead, lastTurn)
            : new Breaks(before.counted(), before.at(), before.lettersRead(), lastTurn));
  }

  synchronized void readOne() {
    lettersRead++;
  }

  synchronized boolean isTooOften(Filed letter) {
    return of(letter).counted() >= TOO_OFTEN;
  }

  private Breaks of(Filed letter) {
    return breaks.getOrDefault(letter.uid(), Breaks.NONE);
  }

  /** A letter that is in the folder. */
  record Filed(long uid, Message message) {}

  /**
   * The breaks at one letter.
   *
   * @param counted how many of them count
   * @param at when the last that counts was
   * @param lettersRead how many letters had been read by then
   * @param turn of the last one, among all breaks
   */
  private record Breaks(int counted, long at, long lettersRead, long turn) {
    static final Breaks NONE = new Breaks(0, 0, 0, 0);
  }
}
