package io.ripen.engine.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is known of one lead, at a glance.
 *
 * @param saysAddress whether the e-mail address is one that they left in a chat and did not confirm
 * @param firstSource where the first visit came from; may be empty
 * @param suppressed why the e-mail address must not be written to, or null
 * @param segments their ids
 * @param stages how they changed, the newest first
 * @param merged the leads that turned out to be this one
 */
record LeadCard(
    UUID id,
    String stage,
    int score,
    String temperature,
    @Nullable String email,
    boolean saysAddress,
    @Nullable String phone,
    @Nullable String firstName,
    @Nullable String lastName,
    @Nullable String locale,
    @Nullable String timeZone,
    int visits,
    long pageViews,
    Instant firstSeenAt,
    Instant lastSeenAt,
    String firstSource,
    String lastSource,
    @Nullable String suppressed,
    List<String> segments,
    List<Points> points,
    List<StageChange> stages,
    List<Identity> identities,
    List<Consent> consents,
    List<Cart> carts,
    List<Order> orders,
    List<UUID> merged) {

  public String name() {
    return LeadName.of(firstName, lastName, saysAddress ? null : email, id);
  }

  /** The link that begins an e-mail to them. */
  public @Nullable String mailto() {
    return email == null ? null : LeadName.mailto(email);
  }

  public String badge() {
    return LeadName.badge(stage);
  }

  public String warmth() {
    return LeadName.warmth(temperature);
  }

  public Moment firstSeen() {
    return Moment.of(firstSeenAt);
  }

  public Moment lastSeen() {
    return Moment.of(lastSeenAt);
  }

  /**
   * All points for one reason, as they were given.
   *
   * @param times how often
   */
  record Points(String reason, int points, int times) {
    public String signed() {
      return "%+d".formatted(points);
    }
  }

  /**
   * A change of the stage.
   *
   * @param by {@code flow}, {@code element}, {@code instance} and {@code person}, or the {@code
   *     rule}; what is known
   */
  record StageChange(String from, String to, Instant at, String reason, String cause, JsonNode by) {
    public String who() {
      return StageBy.inWords(by);
    }

    public Moment when() {
      return Moment.of(at);
    }
  }

  /** An id that means this lead. */
  record Identity(String kind, String value) {}

  /** What holds today for a channel and purpose. */
  record Consent(String channel, String purpose, boolean granted, Instant changedAt) {
    public String what() {
      return Words.human(purpose) + " by " + Words.channel(channel);
    }

    public Moment since() {
      return Moment.of(changedAt);
    }
  }

  /** A cart with something in it. */
  record Cart(UUID id, String site, String total, List<String> items, Instant updatedAt) {
    public Moment updated() {
      return Moment.of(updatedAt);
    }
  }

  /** An order. */
  record Order(String shopId, String state, String total, Instant placedAt) {
    public Moment placed() {
      return Moment.of(placedAt);
    }
  }
}
