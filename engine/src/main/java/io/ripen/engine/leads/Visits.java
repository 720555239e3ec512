package io.ripen.engine.leads;

import io.ripen.engine.events.Event;
import io.ripen.engine.signals.Occurrence;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Counts visits and page views. A visit ends with a pause. */
final class Visits {

  private static final int LONGEST_PATH = 500;

  /** Whether a visit began, and which page was looked at, if one was. */
  record Visit(boolean isNewVisit, Occurrence.@Nullable Page page) {}

  private final Book book;
  private final Duration newVisitAfter;

  Visits(Book book, Duration newVisitAfter) {
    this.book = book;
    this.newVisitAfter = newVisitAfter;
  }

  Visit apply(Event event, LeadState lead) {
    if (!isPresence(event)) {
      return new Visit(false, null);
    }
    Instant at = event.occurredAt();
    boolean isNewVisit = lead.visits == 0 || at.isAfter(lead.lastSeenAt.plus(newVisitAfter));
    if (isNewVisit) {
      lead.visits++;
      String source = Sources.of(event);
      lead.firstSource = lead.firstSource == null ? source : lead.firstSource;
      lead.lastSource = source;
    }
    lead.lastSeenAt = at.isAfter(lead.lastSeenAt) ? at : lead.lastSeenAt;
    lead.firstSeenAt = at.isBefore(lead.firstSeenAt) ? at : lead.firstSeenAt;
    book.changed(lead);
    String path = path(event);
    if (path == null) {
      return new Visit(isNewVisit, null);
    }
    lead.pageViews++;
    PageState page = book.page(lead, path, at);
    boolean isNewLook = page.visits == 0 || at.isAfter(page.lastAt.plus(newVisitAfter));
    page.visits += isNewLook ? 1 : 0;
    page.lastAt = at.isAfter(page.lastAt) ? at : page.lastAt;
    return new Visit(isNewVisit, new Occurrence.Page(path, page.visits, isNewLook));
  }

  /** The path of the page that the event says was looked at; null when it is about no page. */
  static @Nullable String path(Event event) {
    if (!event.type().equals("page")) {
      return null;
    }
    JsonNode page = event.context().path("page");
    String path = event.properties().path("path").asString(page.path("path").asString(""));
    if (path.isEmpty()) {
      path = pathOf(event.properties().path("url").asString(page.path("url").asString("")));
    }
    return path.isEmpty() ? null : path.substring(0, Math.min(path.length(), LONGEST_PATH));
  }

  /** Somebody is there: not what a server or we ourselves report. */
  private static boolean isPresence(Event event) {
    return event.anonymousId() != null
        && event.leadId() == null
        && switch (event.type()) {
          case "page", "screen", "track" -> true;
          default -> false;
        };
  }

  private static String pathOf(String url) {
    try {
      String path = URI.create(url).getPath();
      return path == null ? "" : path.isEmpty() ? "/" : path;
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
