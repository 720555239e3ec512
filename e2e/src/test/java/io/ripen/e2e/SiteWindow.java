package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** A window of a visitor's that sees what flows show on the site, and needs no browser. */
final class SiteWindow {

  private final LocalRipen ripen;
  private final String browser;

  /**
   * @param browser the browser's own id
   */
  SiteWindow(LocalRipen ripen, String browser) {
    this.ripen = ripen;
    this.browser = browser;
  }

  /** Waits until a flow has something to show by this channel that nobody has seen. */
  long awaits(String flow, String channel) {
    return soon("a %s of %s for browser %s".formatted(channel, flow, browser))
        .until(() -> ripen.database().unseenOnSite(browser, flow, channel), Optional::isPresent)
        .orElseThrow();
  }

  /** Sees it, and tells Ripen so. */
  void sees(String flow, String channel) {
    Map<String, Object> seen =
        Map.of(
            "writeKey",
            Http.WRITE_KEY,
            "anonymousId",
            browser,
            "id",
            awaits(flow, channel),
            "window",
            "window of a test");
    HttpResponse<String> answer =
        ripen
            .http()
            .post("/v1/onsite/shown", "text/plain", JsonMapper.shared().writeValueAsString(seen));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(Http.json(answer).path("show").asBoolean()).as(answer.body()).isTrue();
  }
}
