package io.ripen.engine.monitoring;

import io.camunda.client.api.command.ProblemException;
import io.ripen.engine.monitoring.MonitoringProperties.Source;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Keeps the read model up to date from Camunda's search: one look after the other, each page stored
 * together with the place where it ends. Whoever dies in between goes on there.
 */
final class SearchReader {

  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;

  private final List<SearchLook> looks;
  private final SearchPlacesJdbc places;
  private final ReadModelSourceJdbc source;
  private final TransactionOperations transaction;
  private final Clock clock;
  private final int pages;
  private boolean tookOver;

  /**
   * @param pages the most pages of each look in a round
   */
  SearchReader(
      List<SearchLook> looks,
      SearchPlacesJdbc places,
      ReadModelSourceJdbc source,
      TransactionOperations transaction,
      Clock clock,
      int pages) {
    this.looks = looks;
    this.places = places;
    this.source = source;
    this.transaction = transaction;
    this.clock = clock;
    this.pages = pages;
  }

  /**
   * Asks all that there is to ask.
   *
   * @throws io.camunda.client.api.command.ClientException when Camunda does not answer; what was
   *     read until then stays
   */
  void round() {
    if (!tookOver) {
      source.takeOver(Source.SEARCH, transaction);
      tookOver = true;
    }
    @Nullable ProblemException first = null;
    for (SearchLook look : looks) {
      try {
        read(look);
      } catch (ProblemException e) {
        if (e.code() != BAD_REQUEST && e.code() != FORBIDDEN) {
          throw e;
        }
        // One that Camunda refuses must not hold up the others.
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
    places.noteRead(clock.instant());
  }

  private void read(SearchLook look) {
    boolean more = true;
    for (int read = 0; more && read < pages; read++) {
      more = readPage(look);
    }
  }

  /** Returns whether there is another page. */
  private boolean readPage(SearchLook look) {
    SearchPlace place = places.of(look.name(), clock.instant());
    if (!look.isDue(place, clock.instant())) {
      return false;
    }
    SearchPage page;
    try {
      page = look.ask(place);
    } catch (ProblemException e) {
      if (e.code() == BAD_REQUEST && place.isUnderWay()) {
        // A cursor of before an update of Camunda's, most likely: nobody could ever go on from it.
        transaction.executeWithoutResult(status -> beginAnew(place));
      }
      throw e;
    }
    return Boolean.TRUE.equals(transaction.execute(status -> take(look, place, page)));
  }

  private void beginAnew(SearchPlace place) {
    source.check(Source.SEARCH);
    if (places.lock(place)) {
      places.store(place.withoutCursor());
    }
  }

  private boolean take(SearchLook look, SearchPlace place, SearchPage page) {
    source.check(Source.SEARCH);
    if (!places.lock(place)) {
      // Another engine took over while this one stood still, and has read on.
      return false;
    }
    Instant now = clock.instant();
    look.take(place, page, now);
    places.store(place.after(page, now));
    return !page.isLast();
  }
}
