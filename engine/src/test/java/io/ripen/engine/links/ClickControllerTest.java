package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestViews;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

class ClickControllerTest {

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36";
  private static final String TARGET = "https://shop.example.com/cart?id=1&x=ü {1}";

  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final List<Event> kept = new CopyOnWriteArrayList<>();
  private final TouchEvents events =
      new TouchEvents(kafka, kept::add, Links.TOLD_AT_ONCE, Links.CLOCK);
  private final MockMvc server =
      TestViews.of(new ClickController(signed(), Links.noShortOnes(), events));

  private static String path(String target) {
    return "/r/" + Links.token(signed().click(TOUCH, target));
  }

  private static MockHttpServletRequestBuilder click() {
    return get(path(TARGET)).header("User-Agent", BROWSER);
  }

  private Event published() {
    await().atMost(Duration.ofMinutes(1)).until(() -> !kafka.published().isEmpty());
    return kafka.published().getLast();
  }

  @Test
  void a_click_leads_to_the_target_and_comes_back_as_an_event() throws Exception {
    server
        .perform(click())
        .andExpect(status().isFound())
        .andExpect(
            header().string("Location", "https://shop.example.com/cart?id=1&x=%C3%BC%20%7B1%7D"))
        .andExpect(header().string("Cache-Control", "no-store"));

    Event event = published();
    assertThat(event.type()).isEqualTo("track");
    assertThat(event.name()).isEqualTo("Message Clicked");
    assertThat(event.leadId()).isEqualTo(TOUCH.leadId());
    assertThat(event.occurredAt()).isEqualTo(Links.CLOCK.instant());
    assertThat(event.properties().toString())
        .isEqualTo(
            "{\"touch\":\"4503599627370497\",\"flow\":\"abandoned-cart\","
                + "\"element\":\"serviceTask_sendReminder\",\"channel\":\"email\","
                + "\"url\":\"https://shop.example.com/cart?id=1&x=ü {1}\","
                + "\"confidence\":\"high\"}");
    assertThat(event.context().path("userAgent").asString()).isEqualTo(BROWSER);
  }

  @Test
  void two_clicks_are_two_events() throws Exception {
    server.perform(click());
    server.perform(click());

    await().atMost(Duration.ofMinutes(1)).until(() -> kafka.published().size() == 2);
    assertThat(kafka.published().getFirst().messageId())
        .isNotEqualTo(kafka.published().getLast().messageId());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "curl/8.5.0",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; Barracuda Sentinel)",
        "Slackbot-LinkExpanding 1.0",
        "WhatsApp/2.23",
        "Mozilla/5.0 BingPreview/1.0b",
        "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Word 16.0; Pro)",
      })
  void a_program_is_led_on_too_but_counts_as_no_click(String userAgent) throws Exception {
    server.perform(get(path(TARGET)).header("User-Agent", userAgent)).andExpect(status().isFound());

    assertNoClick();
  }

  @Test
  void a_prefetching_browser_counts_as_no_click() throws Exception {
    server.perform(click().header("Sec-Purpose", "prefetch;prerender"));

    assertNoClick();
  }

  @Test
  void a_head_request_counts_as_no_click() throws Exception {
    server.perform(head(path(TARGET)).header("User-Agent", BROWSER)).andExpect(status().isFound());

    assertNoClick();
  }

  private void assertNoClick() {
    Event event = published();
    assertThat(event.name()).isEqualTo("Message Link Checked");
    assertThat(event.properties().path("confidence").asString()).isEqualTo("low");
  }

  @Test
  void kafka_in_trouble_keeps_nobody_waiting() throws Exception {
    CountDownLatch later = new CountDownLatch(1);
    kafka.blocksUntil(later);
    server.perform(click()).andExpect(status().isFound());
    assertThat(kafka.published()).isEmpty();
    later.countDown();
    published();

    kafka.fails();
    server.perform(click()).andExpect(status().isFound());
    await().atMost(Duration.ofMinutes(1)).until(() -> kept.size() == 1);
    assertThat(kept.getFirst().name()).isEqualTo("Message Clicked");
  }

  @Test
  void where_visits_cannot_be_kept_a_click_is_told_at_once() throws Exception {
    Visits away =
        new Visits() {
          @Override
          public boolean hold(TouchRef touch) {
            return true;
          }

          @Override
          public void put(Visit visit) {
            throw new QueryTimeoutException("the database is away");
          }
        };
    TestViews.of(
            new ClickController(
                signed(),
                Links.noShortOnes(),
                new TouchEvents(kafka, kept::add, away, Links.CLOCK)))
        .perform(click())
        .andExpect(status().isFound());

    assertThat(published().name()).isEqualTo("Message Clicked");
  }

  @Test
  void nobody_is_led_where_we_did_not_sign() throws Exception {
    String token = path("https://shop.example.com/");
    server
        .perform(get(token.substring(0, token.length() - 3) + "AAA").header("User-Agent", BROWSER))
        .andExpect(status().isNotFound())
        .andExpect(header().doesNotExist("Location"))
        .andExpect(content().string(Matchers.containsString("This link does not work")));
    server.perform(get("/r/aHR0cHM6Ly9ldmlsLmV4YW1wbGU")).andExpect(status().isNotFound());
    events.close();
    assertThat(kafka.published()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"javascript:alert(1)", "//evil.example", "file:///etc/passwd"})
  void even_a_signed_target_has_to_be_a_web_page(String target) throws Exception {
    server.perform(get(path(target))).andExpect(status().isNotFound());
  }

  @Test
  void a_target_cannot_write_headers() throws Exception {
    server
        .perform(get(path("https://x.example/\r\nSet-Cookie: a=b")).header("User-Agent", BROWSER))
        .andExpect(header().string("Location", "https://x.example/%0D%0ASet-Cookie:%20a=b"))
        .andExpect(header().doesNotExist("Set-Cookie"));
  }

  @Test
  void an_old_link_says_so() throws Exception {
    String token = Links.token(Links.signedLongAgo().click(TOUCH, TARGET));
    server
        .perform(get("/r/" + token))
        .andExpect(status().isGone())
        .andExpect(content().string(Matchers.containsString("This link is too old")));
  }
}
