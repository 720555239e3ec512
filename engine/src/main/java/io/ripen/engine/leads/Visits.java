package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.events.PagePath;
import io.ripen.engine.signals.Occurrence;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Counts visits, page views and the time with pages in sight. A visit ends with a pause. An event
 * that comes in late counts as a visit of its own only where it lies before all that is known.
 */
final class Visits {

  /** Whether a visit began, and which page was looked at, if one was. */
  record Visit(boolean isNew, Occurrence.@Nullable Page page) {

    private static final Visit NONE = new Visit(false, null);
  }

  private static final String DWELLED = "Page Dwelled";
  private static final Duration LONGEST_STAY = Duration.ofMinutes(30);

  private final Duration pause;

  Visits(Duration pause) {
    this.pause = pause;
  }

  Visit apply(Event event, LeadState lead) {
    Instant at = event.occurredAt();
    if (!isPresence(event)) {
      if (event.leadId() == null) {
        hearOf(lead, at);
      }
      if (Sources.isImport(event)) {
        first(Sources.of(event), at, lead);
      }
      return Visit.NONE;
    }
    boolean isNew =
        lead.visits == 0
            || at.isAfter(lead.lastSeenAt.plus(pause))
            || at.isBefore(lead.firstSeenAt.minus(pause));
    if (lead.visits == 0) {
      lead.lastSeenAt = at;
    }
    lead.visits += isNew ? 1 : 0;
    if (isNew || lead.isFirstSource(at) || Sources.isCampaign(event)) {
      source(event, lead, isNew);
    }
    see(lead, at);
    lead.readingSeconds += readingSeconds(event);
    String path = path(event);
    if (path == null) {
      return isNew ? new Visit(true, null) : Visit.NONE;
    }
    lead.pageViews++;
    PageState page = lead.pages.computeIfAbsent(path, each -> new PageState(lead, each, 0, at, at));
    boolean isNewLook = page.look(at, pause);
    return new Visit(isNew, new Occurrence.Page(path, page.visits, isNewLook));
  }

  /** What browsers tell is believed up to what the tracker tells at most. */
  private static long readingSeconds(Event event) {
    return event.type().equals("track") && event.name().equals(DWELLED)
        ? Math.clamp(
            Shopping.number(event.properties(), "seconds").longValue(), 0, LONGEST_STAY.toSeconds())
        : 0;
  }

  /** The path of the page that the event says was looked at; null when it is about no page. */
  static @Nullable String path(Event event) {
    if (!event.type().equals("page")) {
      return null;
    }
    return PagePath.of(event);
  }

  /**
   * The first source is that of the earliest event. The last is that of the latest that tells of
   * one: going straight to a known site is no source, and the next pages tell of the same.
   */
  private static void source(Event event, LeadState lead, boolean isNew) {
    Sources.Source source = Sources.of(event);
    Instant at = event.occurredAt();
    first(source, at, lead);
    boolean isLater = lead.lastSourceAt == null || !at.isBefore(lead.lastSourceAt);
    if (source.isDirect() || !isLater) {
      return;
    }
    if (isNew || lead.lastSourceAt == null || !Sources.isSame(lead.lastSource, source)) {
      lead.lastSource = source.json();
      lead.isChanged = true;
    }
    lead.lastSourceAt = at;
  }

  /** Where nothing else is known of it, the first source is the last, too. */
  private static void first(Sources.Source source, Instant at, LeadState lead) {
    if (lead.isFirstSource(at)) {
      lead.firstSource = source.json();
      lead.firstSourceAt = at;
      lead.lastSource = lead.lastSourceAt == null ? lead.firstSource : lead.lastSource;
      lead.isChanged = true;
    }
  }

  /** One whom only servers tell of has nothing else to be dated by. */
  private static void hearOf(LeadState lead, Instant at) {
    if (lead.visits == 0) {
      see(lead, at);
    } else if (at.isBefore(lead.firstSeenAt)) {
      lead.firstSeenAt = at;
      lead.isSeen = true;
    }
  }

  private static void see(LeadState lead, Instant at) {
    lead.lastSeenAt = at.isAfter(lead.lastSeenAt) ? at : lead.lastSeenAt;
    lead.firstSeenAt = at.isBefore(lead.firstSeenAt) ? at : lead.firstSeenAt;
    lead.isSeen = true;
  }

  /** Somebody is there: not what a server, a list or we ourselves report. */
  static boolean isPresence(Event event) {
    return event.anonymousId() != null
        && event.leadId() == null
        && !Sources.isImport(event)
        && switch (event.type()) {
          case "page", "screen", "track" -> true;
          default -> false;
        };
  }
}
