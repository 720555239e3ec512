package io.ripen.engine.privacy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * All that one person goes by.
 *
 * @param leads the lead of today and all that were merged into it
 * @param users ids by which sites know them
 * @param anonymous ids of their browsers and contacts
 * @param contacts e-mail addresses in lower case, telephone numbers and ids in messengers, also
 *     former ones
 * @param instances runs in Zeebe that are, were or may be about them
 */
record Person(
    List<UUID> leads,
    Set<String> users,
    Set<String> anonymous,
    Set<String> contacts,
    List<Long> instances) {

  /** For the conditions of {@link Holding}. */
  Map<String, Object> parameters() {
    return Map.of(
        "leads", leads.stream().map(UUID::toString).toArray(String[]::new),
        "instances", instances.toArray(Long[]::new),
        "addresses", contacts.toArray(String[]::new),
        "ids",
            java.util.stream.Stream.concat(users.stream(), anonymous.stream())
                .toArray(String[]::new));
  }
}
