package io.ripen.engine.tracking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.events.Event;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentLruCache;
import tools.jackson.databind.JsonNode;

/**
 * Tells people's browsers from the programs that go through sites: search engines, link previews,
 * monitors, browsers without a window. Only those are known that say so in their user agent. Safe
 * for use by many threads.
 */
final class Bots {

  /** The words of their names; not Cubot, which makes telephones. */
  private static final Pattern WORDS =
      Pattern.compile(
          "(?<!cu)bot(?![a-z])|crawl|spider|slurp|headless|phantomjs|lighthouse|pagespeed|pingdom"
              + "|externalhit|mediapartners|google-inspectiontool|feedfetcher|bingpreview"
              + "|prerender|archiver|site24x7|uptime|scrapy|screaming frog");

  private static final int REMEMBERED = 1_000;
  private static final int LONGEST_REMEMBERED = 500;

  /** Most events come with one of few user agents, and the words are dear to look for. */
  private final ConcurrentLruCache<String, Boolean> known =
      new ConcurrentLruCache<>(REMEMBERED, Bots::isBot);

  private final boolean areLeftOut;
  private final Counter leftOut;

  Bots(boolean areLeftOut, MeterRegistry meters) {
    this.areLeftOut = areLeftOut;
    this.leftOut = meters.counter("ripen.tracking.bots");
  }

  /**
   * Whether to let this event go, which is then counted.
   *
   * @param sender the user agent of the request, if it may be the visitor's; what the event says
   *     itself goes before it
   */
  boolean leaveOut(Event event, @Nullable String sender) {
    JsonNode told = event.context().path("userAgent");
    String userAgent = told.isString() ? told.stringValue() : sender;
    if (!areLeftOut || userAgent == null || !isKnownBot(userAgent)) {
      return false;
    }
    leftOut.increment();
    return true;
  }

  private boolean isKnownBot(String userAgent) {
    return userAgent.length() > LONGEST_REMEMBERED ? isBot(userAgent) : known.get(userAgent);
  }

  static boolean isBot(String userAgent) {
    return WORDS.matcher(userAgent.toLowerCase(Locale.ROOT)).find();
  }
}
