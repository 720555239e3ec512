package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourcesTest {

  @ParameterizedTest(name = "{0} from {1} is {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "https://shop.example/, -, direct",
        "https://shop.example/, https://shop.example/cart, direct",
        "https://shop.example/, https://www.google.co.uk/, organic",
        "https://shop.example/, https://l.facebook.com/, social",
        "https://shop.example/, https://t.co/x, social",
        "https://shop.example/, https://mail.google.com/, email",
        "https://shop.example/, https://blog.example/post, referral",
        "https://shop.example/?gclid=1, https://www.google.com/, paid",
        "https://shop.example/?gbraid=1, -, paid",
        "https://shop.example/?wbraid=1, -, paid",
        "https://shop.example/?twclid=1, -, referral",
        "https://shop.example/?utm_medium=cpc&utm_source=x, -, paid",
        "https://shop.example/?utm_medium=email&utm_source=news, -, email",
        "https://shop.example/?utm_source=partner, -, referral",
        "https://shop.example/?utm_medium=%00%ZZ, -, direct",
        "no address, no address, direct",
      })
  void a_visit_comes_from(String url, String referrer, String channel) throws InvalidEvent {
    Happening page = Happening.page("/").by("a").onPage("url", url);
    if (referrer != null) {
      page.onPage("referrer", referrer);
    }
    var event =
        new EventJson()
            .read(page.value(), new Arrival.OnTopic("ripen.events", 0, 0, 0, Happening.NOON));
    assertThat(Sources.of(event).json()).contains("\"channel\":\"" + channel + "\"");
  }

  @Test
  void a_click_id_is_known_when_the_address_has_lost_it() throws InvalidEvent {
    Sources.Source source = Sources.of(later("/cart", "{\"gclid\": \"Cj0-1\"}"));

    assertThat(source.json())
        .contains("\"channel\":\"paid\"")
        .contains("\"clickId\":\"gclid\",\"clickIdValue\":\"Cj0-1\"")
        .contains("\"landingPage\":\"/cart\"");
  }

  @ParameterizedTest
  @CsvSource({"500, true", "501, false"})
  void a_click_id_is_kept_whole_or_not_at_all(int length, boolean isKept) throws InvalidEvent {
    String id = "x".repeat(length);
    String source = Sources.of(later("/", "{\"fbclid\": \"%s\"}".formatted(id))).json();

    assertThat(source).contains("\"clickId\":\"fbclid\"");
    assertThat(source.contains("\"clickIdValue\":\"" + id + "\"")).isEqualTo(isKept);
    assertThat(source.contains("clickIdValue")).isEqualTo(isKept);
  }

  @Test
  void another_click_on_the_same_advertisement_is_another_coming() throws InvalidEvent {
    String first = Sources.of(later("/", "{\"source\": \"google\", \"gclid\": \"1\"}")).json();

    assertThat(
            Sources.isSame(
                first, Sources.of(later("/", "{\"source\": \"google\", \"gclid\": \"2\"}"))))
        .isFalse();
  }

  @Test
  void a_campaign_that_is_told_again_on_the_next_page_is_the_same() throws InvalidEvent {
    String campaign = "{\"source\": \"letter\", \"name\": \"spring\"}";
    String landed = Sources.of(later("/", campaign)).json();

    assertThat(Sources.isSame(landed, Sources.of(later("/cart", campaign)))).isTrue();
    assertThat(Sources.isSame(landed, Sources.of(later("/cart", "{\"source\": \"other\"}"))))
        .isFalse();
  }

  private static Event later(String path, String campaign) throws InvalidEvent {
    String json =
        """
        {"type": "page", "anonymousId": "a", "messageId": "m", "site": "shop",
         "context": {"campaign": %s,
           "page": {"path": "%s", "url": "https://shop.example%s", "search": ""}}}"""
            .formatted(campaign, path, path);
    return new EventJson()
        .read(json.getBytes(UTF_8), new Arrival.OnTopic("ripen.events", 0, 0, 0, Happening.NOON));
  }
}
