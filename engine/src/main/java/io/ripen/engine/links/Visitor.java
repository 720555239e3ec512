package io.ripen.engine.links;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells a person who follows a link from the programs that look at links on their own. */
final class Visitor {

  private static final List<String> PREFETCH_HEADERS =
      List.of("Purpose", "Sec-Purpose", "X-Purpose", "X-Moz");

  private static final Pattern PROGRAM =
      Pattern.compile(
          "bot\\b|bot/|crawl|spider|scan|preview|prefetch|fetch|monitor|curl|wget|python|okhttp"
              + "|go-http|java/|libwww|httpclient|axios|externalhit|whatsapp|barracuda|mimecast"
              + "|proofpoint|safelinks|urldefense|symantec|trendmicro|fortinet|microsoft office");

  private Visitor() {}

  /** Whether this request says little about the person's interest. */
  static boolean isProgram(HttpServletRequest request) {
    return request.getMethod().equals("HEAD")
        || PREFETCH_HEADERS.stream().map(request::getHeader).anyMatch(Visitor::isPrefetch)
        || isProgram(request.getHeader("User-Agent"));
  }

  /** Whether it is Outlook on Windows, which shows the pictures of an e-mail by itself. */
  static boolean isOutlook(HttpServletRequest request) {
    String userAgent = request.getHeader("User-Agent");
    return userAgent != null && userAgent.contains("Microsoft Outlook");
  }

  /** Whether a mail provider fetches all pictures as soon as an e-mail comes, read or not. */
  static boolean isPrivacyProxy(HttpServletRequest request) {
    return "Mozilla/5.0".equals(request.getHeader("User-Agent"));
  }

  private static boolean isPrefetch(@Nullable String purpose) {
    return purpose != null && (purpose.contains("prefetch") || purpose.contains("preview"));
  }

  private static boolean isProgram(@Nullable String userAgent) {
    return userAgent == null
        || userAgent.isBlank()
        || PROGRAM.matcher(userAgent.toLowerCase(Locale.ROOT)).find();
  }
}
