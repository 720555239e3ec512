package io.ripen.channels;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All messengers as one channel: a message goes to the messenger that its address begins with, for
 * example {@code telegram:} or {@code whatsapp:}.
 */
public final class Messengers implements Channel<ShortMessage> {

  private static final Pattern ADDRESS = Pattern.compile("([a-z][a-z0-9-]{1,20}):.+");

  private final Map<String, Channel<ShortMessage>> messengers;

  /**
   * @param messengers by what their addresses begin with, without the colon
   */
  public Messengers(Map<String, ? extends Channel<ShortMessage>> messengers) {
    this.messengers = new TreeMap<>(messengers);
    for (String scheme : this.messengers.keySet()) {
      if (!ADDRESS.matcher(scheme + ":1").matches()) {
        throw new IllegalArgumentException(
            "a messenger's name: \"%s\" (expected: small letters, digits and hyphens)"
                .formatted(scheme));
      }
    }
  }

  @Override
  public String name() {
    return "messenger";
  }

  @Override
  public SendResult send(ShortMessage message, HandOver handOver) {
    Matcher address = ADDRESS.matcher(message.to());
    if (!address.matches()) {
      return new SendResult.Rejected(
          "the contact does not say which messenger it is of (expected: telegram:… or the like; %s)"
              .formatted(known()));
    }
    Channel<ShortMessage> messenger = messengers.get(address.group(1));
    return messenger == null
        ? new SendResult.Rejected(
            "the messenger \"%s\" is not set up (%s)".formatted(address.group(1), known()))
        : messenger.send(message, handOver);
  }

  @Override
  public Finding lookUp(ShortMessage message, Instant handedOver) {
    Matcher address = ADDRESS.matcher(message.to());
    Channel<ShortMessage> messenger = address.matches() ? messengers.get(address.group(1)) : null;
    return messenger == null
        ? new Finding.Unknown("the messenger is not set up", Duration.ZERO)
        : messenger.lookUp(message, handedOver);
  }

  @Override
  public List<Provider> providers() {
    return messengers.values().stream().flatMap(each -> each.providers().stream()).toList();
  }

  private String known() {
    return messengers.isEmpty()
        ? "none is set up"
        : "set up: " + String.join(", ", messengers.keySet());
  }
}
