package io.ripen.channels.email;

import jakarta.mail.FetchProfile;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.UIDFolder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.angus.mail.imap.IMAPFolder;

/**
 * How often the line broke at which letter, over all conversations. A letter at which a server, or
 * something on the way, always fails comes after the others, and at last is not read at all.
 */
final class Stumbling {

  /** A line may break by chance, and once more. */
  private static final int TOO_OFTEN = 3;

  private final Map<Long, Integer> breaks = new HashMap<>();
  private long validity;

  /** All that are in the folder, by their UIDs, those at which the line broke least often first. */
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
    letters.sort(Comparator.comparingInt(letter -> breaks.getOrDefault(letter.uid(), 0)));
    return letters;
  }

  synchronized void brokeAt(Filed letter) {
    breaks.merge(letter.uid(), 1, Integer::sum);
  }

  synchronized boolean isTooOften(Filed letter) {
    return breaks.getOrDefault(letter.uid(), 0) >= TOO_OFTEN;
  }

  /** A letter that is in the folder. */
  record Filed(long uid, Message message) {}
}
