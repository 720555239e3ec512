package io.ripen.engine.leads;

import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.Score;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One lead while a batch is worked on. */
final class LeadState {

  /** By what their addresses begin with, and what traits hold them; of several the first counts. */
  static final List<String> MESSENGERS = List.of("telegram", "whatsapp", "messenger");

  final UUID id;
  Stage stage = Stage.VISITOR;
  @Nullable String email;
  @Nullable String phone;
  @Nullable String firstName;
  @Nullable String lastName;
  @Nullable String locale;
  @Nullable String timeZone;

  /** The time zone of the addresses that they come from: counts where they have told none. */
  @Nullable String regionZone;

  /** JSON; parsed only where somebody needs it, which is seldom. */
  String traits = "{}";

  /** JSON of {@link Told}. */
  String traitsAt = Told.NOTHING;

  /** JSON of {@link Answers}. */
  String answers = Answers.NONE;

  /** When they last came back to {@link Stage#LEAD} from further on, if they did. */
  @Nullable Instant backAt;

  int visits;
  long pageViews;
  long readingSeconds;
  Instant firstSeenAt;
  Instant lastSeenAt;
  @Nullable String firstSource;
  @Nullable String lastSource;

  /** When they came from there: the earliest that is known; the latest, but for going straight. */
  @Nullable Instant firstSourceAt;

  @Nullable Instant lastSourceAt;
  @Nullable LeadState mergedInto;

  /** Whether the site knows the person by a user id. */
  boolean isUser;

  final Points points = new Points();

  /** As flows have been told so far. */
  Stage toldStage = Stage.VISITOR;

  Score toldScore = Score.NONE;

  final Map<String, PageState> pages = new HashMap<>();
  final List<CartState> carts = new ArrayList<>();

  /** Read only where an event is about segments. */
  final Set<String> segments = new HashSet<>();

  /** What it last bought that was in no cart that we know. */
  final List<OrderState> unclaimedOrders = new ArrayList<>();

  /** What has to be written: all of it, only what many events change, or more than that. */
  boolean isNew;

  boolean isSeen;
  boolean isChanged;

  LeadState(UUID id, Instant firstSeenAt, Instant lastSeenAt) {
    this.id = id;
    this.firstSeenAt = firstSeenAt;
    this.lastSeenAt = lastSeenAt;
  }

  /** Whether there is a way to reach the person. */
  boolean isReachable() {
    return hasAddress() || hasMessenger();
  }

  /** Whether it is more than a browser, or an account with a messenger. */
  boolean isKnown() {
    return isUser || hasAddress();
  }

  private boolean hasAddress() {
    return email != null || phone != null;
  }

  private boolean hasMessenger() {
    return !traits.equals("{}")
        && MESSENGERS.stream().anyMatch(name -> !traits().path(name).asString("").isBlank());
  }

  boolean hasOtherAddressThan(LeadState other) {
    return email != null && other.email != null && !email.equalsIgnoreCase(other.email);
  }

  /** The lead that this one is by now. */
  LeadState survivor() {
    LeadState survivor = this;
    while (survivor.mergedInto != null) {
      survivor = survivor.mergedInto;
    }
    return survivor;
  }

  ObjectNode traits() {
    return (ObjectNode) JsonMapper.shared().readTree(traits);
  }

  /** Takes over what the other one, who turned out to be the same person, has more. */
  void absorb(LeadState other, Decay decay) {
    other.mergedInto = this;
    other.isChanged = true;
    isChanged = true;
    stage = Stage.furthest(stage, other.stage);
    points.absorb(other.points, decay);
    Traits.absorb(this, other, other.wasSeenAfter(this));
    answers = Answers.union(answers, other.answers);
    backAt = latest(backAt, other.backAt);
    absorbSources(other);
    visits += other.visits;
    pageViews += other.pageViews;
    readingSeconds += other.readingSeconds;
    isUser |= other.isUser;
    other.pages.values().forEach(page -> pages.merge(page.path, page.of(this), PageState::and));
    other.pages.clear();
    other.carts.forEach(cart -> cart.moveTo(this));
    carts.addAll(other.carts);
    unclaimedOrders.addAll(other.unclaimedOrders);
    other.unclaimedOrders.clear();
    other.carts.clear();
  }

  private void absorbSources(LeadState other) {
    if (other.firstSeenAt.isBefore(firstSeenAt)) {
      firstSeenAt = other.firstSeenAt;
    }
    if (other.wasSeenAfter(this)) {
      lastSeenAt = other.lastSeenAt;
    }
    if (other.firstSourceAt != null && isFirstSource(other.firstSourceAt)) {
      firstSource = other.firstSource;
      firstSourceAt = other.firstSourceAt;
    }
    if (other.lastSourceAt != null
        && (lastSourceAt == null || lastSourceAt.isBefore(other.lastSourceAt))) {
      lastSource = other.lastSource;
      lastSourceAt = other.lastSourceAt;
    }
    if (lastSourceAt == null) {
      lastSource = firstSource;
    }
  }

  /** Whether who came then came before all that is known. */
  boolean isFirstSource(Instant at) {
    return firstSourceAt == null || at.isBefore(firstSourceAt);
  }

  /** Who was on a site was seen; of whom only servers tell was not, whenever that was. */
  private boolean wasSeenAfter(LeadState other) {
    return (visits > 0) == (other.visits > 0) ? lastSeenAt.isAfter(other.lastSeenAt) : visits > 0;
  }

  private static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }
}
