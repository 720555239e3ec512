package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.consents.Suppressions;
import io.ripen.engine.touches.TouchOutcome.Denied;
import io.ripen.engine.touches.TouchOutcome.Done;
import io.ripen.engine.touches.TouchOutcome.TryLater;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that leads may have said, and all ways to close an address, on the real tables. */
class NeverWithoutConsentIT {

  private static final List<String> PURPOSES = List.of("marketing", "newsletter", "transactional");
  private static final List<List<Boolean>> WORDS =
      List.of(List.of(), List.of(true), List.of(false), List.of(true, false), List.of(false, true));

  private final TouchWorld world = TouchWorld.withChat();

  /** Each channel, and each messenger. */
  private enum Way {
    EMAIL("email"),
    SMS("sms"),
    TELEGRAM("messenger"),
    WHATSAPP("messenger"),
    FACEBOOK("messenger"),
    PUSH("push"),
    POPUP("popup"),
    CHAT("chat");

    private final String channel;

    Way(String channel) {
      this.channel = channel;
    }

    boolean isOnSite() {
      return this == POPUP || this == CHAT;
    }
  }

  private int people;

  /**
   * An address that nobody may write to any more.
   *
   * @param isBefore whether it was closed before the lead said anything
   */
  private record Closed(String reason, String purpose, boolean isBefore) {}

  private record Case(Way way, String purpose, List<Boolean> words, @Nullable Closed closed) {

    /** What is right, said in another way than the code does. */
    boolean mayGoOut() {
      boolean saysYes = !words.isEmpty() && words.getLast();
      boolean cameBack =
          closed != null
              && closed.reason().equals(Suppressions.UNSUBSCRIBED)
              && closed.isBefore()
              && saysYes;
      if (closed != null && !cameBack) {
        return false;
      }
      return words.isEmpty() ? way.isOnSite() || purpose.equals("transactional") : saysYes;
    }

    /** What goes out on the site waits there to be seen. */
    Class<? extends TouchOutcome> outcome() {
      if (!mayGoOut()) {
        return Denied.class;
      }
      return way.isOnSite() ? TryLater.class : Done.class;
    }
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void nothing_goes_out_against_any_word_and_to_no_closed_address() {
    for (Case each : cases()) {
      int before = taken();
      TouchOutcome outcome = send(each);
      assertThat(outcome).as("%s", each).isInstanceOf(each.outcome());
      assertThat(taken() - before).as("%s", each).isEqualTo(each.mayGoOut() ? 1 : 0);
    }
  }

  private static List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (Way way : Way.values()) {
      for (String purpose : PURPOSES) {
        for (List<Boolean> words : WORDS) {
          closed(purpose).forEach(closed -> cases.add(new Case(way, purpose, words, closed)));
        }
      }
    }
    return cases;
  }

  private static List<@Nullable Closed> closed(String purpose) {
    List<@Nullable Closed> all = new ArrayList<>();
    all.add(null);
    for (String reason :
        List.of(Suppressions.UNSUBSCRIBED, Suppressions.BOUNCED, Suppressions.COMPLAINED)) {
      for (String of : List.of(purpose, Suppressions.ALL)) {
        all.add(new Closed(reason, of, true));
        all.add(new Closed(reason, of, false));
      }
    }
    return all;
  }

  private int taken() {
    return world.provider.taken().size()
        + Stream.of(world.sms, world.messenger, world.push, world.popup, world.chat)
            .mapToInt(channel -> channel.taken().size())
            .sum();
  }

  private TouchOutcome send(Case each) {
    people++;
    String email = "anna%d@example.com".formatted(people);
    UUID lead = world.leads.aLead(email);
    world.leads.onSite = true;
    world.leads.phone = "+3630%07d".formatted(people);
    world.leads.push = lead.toString();
    world.leads.messenger =
        switch (each.way()) {
          case WHATSAPP -> "whatsapp:+3620%07d".formatted(people);
          case FACEBOOK -> "messenger:%d".formatted(4_627_193_850_000_000L + people);
          default -> "telegram:%d".formatted(7_000_000 + people);
        };
    String address =
        switch (each.way()) {
          case EMAIL -> email;
          case SMS -> world.leads.phone;
          case TELEGRAM, WHATSAPP, FACEBOOK -> world.leads.messenger;
          case PUSH, POPUP, CHAT -> lead.toString();
        };
    // A yes to something else is none to this.
    world.says(
        lead,
        each.way().channel,
        each.purpose().equals("marketing") ? "newsletter" : "marketing",
        true);
    close(each, address, true);
    for (boolean word : each.words()) {
      world.clock.move(Duration.ofSeconds(1));
      world.says(lead, each.way().channel, each.purpose(), word);
    }
    close(each, address, false);
    return world.send(world.aTouchBy(each.way().channel, lead, each.purpose()));
  }

  private void close(Case each, String address, boolean isBefore) {
    Closed closed = each.closed();
    if (closed != null && closed.isBefore() == isBefore) {
      world.clock.move(Duration.ofSeconds(1));
      world.sql.update(
          "insert into suppression (channel, address, purpose, reason, since) values (?, ?, ?, ?, ?)",
          each.way().channel,
          address,
          closed.purpose(),
          closed.reason(),
          world.clock.instant().atOffset(ZoneOffset.UTC));
    }
  }
}
