package io.ripen.engine.monitoring;

import java.time.Instant;

/** One question that Camunda's search is asked again and again, its answer read page by page. */
interface SearchLook {

  /** Under which its place is kept. */
  String name();

  /** Whether it is its turn. */
  default boolean isDue(SearchPlace place, Instant now) {
    return true;
  }

  /** Asks Camunda, outside of any transaction. */
  SearchPage ask(SearchPlace place);

  /** Takes a page over, in the transaction that keeps the place. */
  void take(SearchPlace place, SearchPage page, Instant now);
}
