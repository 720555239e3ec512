package io.ripen.engine.leads;

import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.leads.ApplyEvents.Applied;
import io.ripen.engine.scoring.ScoreRule;
import io.ripen.engine.signals.Occurrence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Applies the events of one batch to its book, one after the other, and gathers what follows. */
final class Work {

  private final Book book;
  private final Identify identify;
  private final Visits visits;
  private final Carts carts;
  private final Orders orders;
  private final Stages stages;
  private final Map<String, List<ScoreRule>> points;
  private final List<Applied> applied = new ArrayList<>();
  private final List<Occurrence> occurrences = new ArrayList<>();
  private final List<Consent> consents = new ArrayList<>();

  private final List<Moved> moved = new ArrayList<>();

  private record Consent(
      Event event, LeadState lead, ConsentEvents.Told told, @Nullable String address) {}

  /** That a lead had another address before. */
  private record Moved(LeadState lead, String channel, String before) {}

  /**
   * @param points what each event gives points for, by its message id; most give none
   */
  Work(Book book, Map<String, List<ScoreRule>> points, Duration newVisitAfter) {
    this.points = points;
    this.stages = new Stages(book);
    this.book = book;
    this.identify = new Identify(book);
    this.visits = new Visits(newVisitAfter);
    this.carts = new Carts(book);
    this.orders = new Orders(book);
  }

  /**
   * Applies one event.
   *
   * @throws InvalidEvent when it cannot be; nothing is changed then
   */
  void apply(Event event) throws InvalidEvent {
    Optional<ConsentEvents.Told> consent = ConsentEvents.read(event);
    int merges = book.merges().size();
    LeadState lead = identify.lead(event);
    Stages.Decision decision = Stages.decision(event, lead);
    SegmentChange segment = SegmentChange.of(event, lead);
    String email = lead.email;
    String phone = lead.phone;
    Traits.apply(event, lead);
    noteMove(lead, ConsentEvents.EMAIL, email, lead.email);
    noteMove(lead, ConsentEvents.SMS, phone, lead.phone);
    Answers.apply(event, lead);
    Visits.Visit visit = visits.apply(event, lead);
    List<Carts.Change> united = book.merges().size() > merges ? unite(lead) : List.of();
    Carts.Change change = change(event, lead);
    consent
        .filter(told -> told.counts(event, lead))
        .ifPresent(told -> consents.add(new Consent(event, lead, told, told.address(lead))));
    applied.add(new Applied(event, lead));
    score(event, lead);
    if (decision != null) {
      stages.apply(decision, lead, event);
    }
    stages.follow(lead, event, change.isPurchase());

    boolean isChanged = segment != null && book.change(lead, segment, event.occurredAt());
    String told =
        segment != null && isChanged && SegmentChange.isTold(event) ? segment.segment() : null;

    Occurrence.Lead who = who(event, lead, visit, told);
    for (Carts.Change ended : united) {
      occurrences.add(new Occurrence(event, who, null, ended.cart(), ended.order()));
    }
    occurrences.add(new Occurrence(event, who, visit.page(), change.cart(), change.order()));
  }

  List<Applied> applied() {
    return applied;
  }

  /** Whose facts are others now, so that the segments may be; by the leads as they are by now. */
  Set<UUID> touched() {
    return applied.stream().map(each -> each.lead().survivor().id).collect(Collectors.toSet());
  }

  /** What befell messages of ours. */
  List<Event> news() {
    return applied.stream()
        .map(Applied::event)
        .filter(event -> event.name().startsWith("Message ") && event.properties().has("touch"))
        .toList();
  }

  List<Occurrence> occurrences() {
    return occurrences;
  }

  /** By the leads as they are after all merges of the batch. */
  List<ConsentChange> consents() {
    return consents.stream()
        .map(
            consent ->
                consent
                    .told()
                    .change(consent.event(), consent.lead().survivor(), consent.address()))
        .toList();
  }

  /**
   * What was agreed to while no address was known is for these, and not for those that followed.
   */
  List<Consents.FirstAddress> firstAddresses() {
    return moved.stream()
        .map(
            each ->
                new Consents.FirstAddress(each.lead().survivor().id, each.channel(), each.before()))
        .toList();
  }

  private void noteMove(
      LeadState lead, String channel, @Nullable String before, @Nullable String now) {
    if (before != null && !before.equalsIgnoreCase(now)) {
      moved.add(new Moved(lead, channel, before));
    }
  }

  private void score(Event event, LeadState lead) {
    for (ScoreRule rule : points.getOrDefault(event.messageId(), List.of())) {
      lead.isSeen |= lead.points.add(ScoreEntry.of(rule, event), book.decay());
    }
  }

  /** The lead as it is now, and what flows have not been told yet. */
  private Occurrence.Lead who(
      Event event, LeadState lead, Visits.Visit visit, @Nullable String segment) {
    Occurrence.Progress progress =
        new Occurrence.Progress(
            lead.toldStage != lead.stage,
            lead.toldScore.at(event.occurredAt(), book.decay()),
            lead.points.score().at(event.occurredAt(), book.decay()),
            segment);
    lead.toldStage = lead.stage;
    lead.toldScore = lead.points.score();
    return new Occurrence.Lead(
        lead.id,
        lead.stage.name(),
        lead.isReachable(),
        lead.visits,
        visit.isNew(),
        Answers.countOwn(lead.answers, lead.backAt),
        progress);
  }

  /** What was bought ends first, so that it does not become part of a cart that goes on. */
  private static List<Carts.Change> unite(LeadState lead) {
    List<Carts.Change> ended = new ArrayList<>(Orders.claim(lead));
    for (CartState cart : Carts.unite(lead)) {
      ended.add(new Carts.Change(Carts.occurrence(cart, CartState.EMPTIED), null));
    }
    return ended;
  }

  private Carts.Change change(Event event, LeadState lead) {
    if (!Carts.EVENTS.contains(event.name()) || !event.type().equals("track")) {
      return Carts.Change.NONE;
    }
    return event.name().startsWith("Order ") ? orders.apply(event, lead) : carts.apply(event, lead);
  }
}
