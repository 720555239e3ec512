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
        imported(event, lead);
      }
      return Visit.NONE;
    }
    boolean isEarlier = at.isBefore(lead.firstSeenAt);
    boolean isNew =
        lead.visits == 0
            || at.isAfter(lead.lastSeenAt.plus(pause))
            || at.isBefore(lead.firstSeenAt.minus(pause));
    if (lead.visits == 0) {
      lead.lastSeenAt = at;
    }
    lead.visits += isNew ? 1 : 0;
    if (isNew || isEarlier || Sources.isCampaign(event)) {
      source(event, lead, isNew, isEarlier);
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
   * The first source is that of the earliest event; going straight to a known site is no source.
   */
  private static void source(Event event, LeadState lead, boolean isNew, boolean isEarlier) {
    Sources.Source source = Sources.of(event);
    if (!isNew
        && !isEarlier
        && lead.lastSource != null
        && Sources.isSame(lead.lastSource, source)) {
      return;
    }
    if (lead.firstSource == null || isEarlier) {
      lead.firstSource = source.json();
      lead.isChanged = true;
    }
    boolean isLatest = !event.occurredAt().isBefore(lead.lastSeenAt);
    if (lead.lastSource == null || (isLatest && !source.isDirect())) {
      lead.lastSource = source.json();
      lead.isChanged = true;
    }
  }

  /** A list is where somebody comes from of whom nothing else is known. */
  private static void imported(Event event, LeadState lead) {
    if (lead.firstSource == null) {
      lead.firstSource = Sources.of(event).json();
      lead.lastSource = lead.lastSource == null ? lead.firstSource : lead.lastSource;
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
  private static boolean isPresence(Event event) {
    return event.anonymousId() != null
        && event.leadId() == null
        && !Sources.isImport(event)
        && switch (event.type()) {
          case "page", "screen", "track" -> true;
          default -> false;
        };
  }
}
