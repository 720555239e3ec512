package io.ripen.engine.push;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import io.ripen.channels.webpush.Subscription;
import io.ripen.engine.consents.Purposes;
import io.ripen.engine.events.Event;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.SignedLinks;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Takes what browsers tell: that they take notifications, that they do not, and which came. */
@Component
@Profile("engine")
class TakeSubscriptions {

  private static final String CHANNEL = "push";

  private final PushJdbc table;
  private final PushProperties properties;
  private final EventOutbox outbox;
  private final Listener.Sink inbound;
  private final SignedLinks links;
  private final Clock clock;

  TakeSubscriptions(
      PushJdbc table,
      PushProperties properties,
      EventOutbox outbox,
      Listener.Sink inbound,
      SignedLinks links,
      Clock clock) {
    this.table = table;
    this.properties = properties;
    this.outbox = outbox;
    this.inbound = inbound;
    this.links = links;
    this.clock = clock;
  }

  /**
   * Whose browser on which site.
   *
   * @param id the browser's own
   */
  record Browser(String id, String site, String url, @Nullable String ip, @Nullable String agent) {}

  /**
   * Keeps the subscription, and the consent if the person has just given it.
   *
   * @param purpose what they said yes to; null where the browser only tells what it has told before
   * @param wording the words that they said yes to
   */
  @Transactional
  public void subscribe(
      Browser browser, Subscription subscription, @Nullable String purpose, String wording) {
    Instant now = clock.instant();
    table.keep(subscription, browser.id(), properties.keys().publicKey(), browser.site(), now);
    if (purpose != null) {
      outbox.put(consent("Consent Granted", browser, purpose, wording, now));
    }
  }

  /** Forgets the subscription; the consent ends with the last browser of the lead. */
  @Transactional
  public void unsubscribe(Browser browser, String endpoint, String wording) {
    if (table.drop(endpoint, browser.id()) && !table.hasMore(browser.id())) {
      Instant now = clock.instant();
      Purposes.OFFERS.forEach(
          purpose -> outbox.put(consent("Consent Withdrawn", browser, purpose, wording, now)));
    }
  }

  /**
   * Keeps that a message came; once, however often it is told.
   *
   * @return whether the token is ours
   */
  boolean delivered(String token) {
    return links
        .openDelivered(token)
        .map(
            id -> {
              inbound.keep(List.of(new Inbound.Delivered("push-" + id, clock.instant(), null, id)));
              return true;
            })
        .orElse(false);
  }

  private static Event consent(
      String name, Browser browser, String purpose, String wording, Instant now) {
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    properties.put("channel", CHANNEL).put("purpose", purpose).put("wording", wording);
    ObjectNode context = JsonNodeFactory.instance.objectNode();
    context.putObject("page").put("url", browser.url());
    if (browser.ip() != null) {
      context.put("ip", browser.ip());
    }
    if (browser.agent() != null) {
      context.put("userAgent", browser.agent());
    }
    return new Event(
        Event.OURS + "push." + UuidCreator.getTimeOrderedEpoch(),
        "track",
        name,
        null,
        browser.id(),
        null,
        null,
        null,
        now,
        now,
        browser.site(),
        properties,
        JsonNodeFactory.instance.objectNode(),
        context);
  }
}
