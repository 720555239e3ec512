package io.ripen.engine.monitoring;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the read model of running flows comes from.
 *
 * @param source our exporter's records; or Camunda's search, where no exporter of ours may run
 */
@ConfigurationProperties("ripen.monitoring")
record MonitoringProperties(
    @DefaultValue("export") Source source, @DefaultValue SearchSettings search) {

  static final String SOURCE = "ripen.monitoring.source";

  /** Who tells. */
  enum Source {
    EXPORT,
    SEARCH
  }

  /**
   * How Camunda's search is read.
   *
   * @param poll the rest between two looks
   * @param overlap how much of what was read is read again each time, for what Camunda's search has
   *     late
   * @param everything how often all that runs is looked through, for what came later still
   * @param page how many are asked for at a time
   * @param pages the most pages of one kind in one look; the others follow in the next
   */
  record SearchSettings(
      @DefaultValue("5s") Duration poll,
      @DefaultValue("30s") Duration overlap,
      @DefaultValue("10m") Duration everything,
      @DefaultValue("500") int page,
      @DefaultValue("20") int pages) {

    private static final Duration LEAST_POLL = Duration.ofMillis(100);
    private static final int LARGEST_PAGE = 1_000;

    SearchSettings {
      if (poll.compareTo(LEAST_POLL) < 0) {
        throw refused("poll", poll, "100ms or longer");
      }
      if (overlap.isNegative()) {
        throw refused("overlap", overlap, "0s or longer");
      }
      if (everything.compareTo(poll) < 0) {
        throw refused("everything", everything, "not shorter than poll");
      }
      if (page < 1 || page > LARGEST_PAGE) {
        throw refused("page", page, "1 to " + LARGEST_PAGE);
      }
      if (pages < 1) {
        throw refused("pages", pages, "1 or more");
      }
    }

    private static IllegalArgumentException refused(String name, Object value, String expected) {
      return new IllegalArgumentException(
          "ripen.monitoring.search.%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }
}
