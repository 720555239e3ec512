package io.ripen.engine.inbound;

import io.ripen.channels.Inbound;
import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.links.EventOutbox;
import io.ripen.engine.links.TouchRef;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Keeps what providers tell of messages that went out. */
@Component
@Profile("engine")
final class KeepReports {

  private static final Logger LOG = LoggerFactory.getLogger(KeepReports.class);

  private final InboundJdbc table;
  private final Suppressions suppressions;
  private final EventOutbox outbox;

  KeepReports(InboundJdbc table, Suppressions suppressions, EventOutbox outbox) {
    this.table = table;
    this.suppressions = suppressions;
    this.outbox = outbox;
  }

  void keep(Inbound.Report report) {
    Optional<TouchRef> found =
        table.byMessage(report.messageId()).or(() -> table.byProvider(report.providerId()));
    if (found.isEmpty()) {
      // Another system may share our account with the provider.
      LOG.info("{} is about no message of ours", report.id());
      return;
    }
    TouchRef touch = found.get();
    if (report.providerId() != null) {
      table.called(touch.touch(), report.providerId());
    }
    switch (report) {
      case Inbound.Delivered delivered -> put(delivered, "Message Delivered", touch, Map.of());
      case Inbound.Seen seen -> put(seen, "Message Opened", touch, Map.of());
      // As good as a click: it is what the message was for.
      case Inbound.FormSent sent ->
          put(sent, "Message Clicked", touch, Map.of("confidence", "high", "form", sent.form()));
      case Inbound.Priced priced ->
          table.cost(touch.touch(), priced.price(), priced.currency().getCurrencyCode());
      case Inbound.Complained complained -> {
        suppress(touch, complained.to(), Suppressions.COMPLAINED, complained);
        put(complained, "Message Complained", touch, Map.of());
      }
      case Inbound.Undelivered undelivered -> undelivered(undelivered, touch);
    }
  }

  private void undelivered(Inbound.Undelivered undelivered, TouchRef touch) {
    String reason =
        switch (undelivered.cause()) {
          case NO_SUCH_ADDRESS -> Suppressions.BOUNCED;
          case UNWANTED -> Suppressions.UNSUBSCRIBED;
          case LOST, FILTERED -> null;
        };
    if (reason != null) {
      suppress(touch, undelivered.to(), reason, undelivered);
    }
    put(
        undelivered,
        "Message Bounced",
        touch,
        Map.of(
            "hard", Boolean.toString(reason != null),
            "cause", undelivered.cause().name().toLowerCase(Locale.ROOT),
            "code", undelivered.code(),
            "reason", undelivered.reason()));
  }

  /** Told once more, it must not close what was opened meanwhile. */
  private void suppress(TouchRef touch, @Nullable String told, String reason, Inbound at) {
    if (!table.isFirst(at.id())) {
      return;
    }
    String to =
        told == null && Medium.named(touch.channel()) == Medium.EMAIL
            // A mailbox may have led on to another, which is the one that the bounce names.
            ? table.emailOf(touch.touch()).orElse(null)
            : told;
    if (to == null) {
      LOG.warn("{} does not say to which address, which may be written to again", at.id());
    } else {
      suppressions.suppress(touch.channel(), to, Suppressions.ALL, reason, at.at());
    }
  }

  private void put(Inbound inbound, String name, TouchRef touch, Map<String, String> more) {
    outbox.put(InboundEvents.ofTouch(inbound, name, touch, more));
  }
}
