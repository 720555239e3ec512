package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

class ShortLinksIT {

  private static final TouchRef SMS =
      new TouchRef(
          TOUCH.touch(), TOUCH.leadId(), "sms", "marketing", "abandoned-cart", "serviceTask_nudge");
  private static final String CART = "https://shop.example.com/cart?id=1";

  private final DataSource database = TestDatabase.migrated();
  private final ShortLinks shortLinks = Links.shortIn(database);
  private final LinkRewriter rewriter = new LinkRewriter(signed(), shortLinks);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final MockMvc server =
      TestViews.of(
          new ClickController(
              signed(),
              shortLinks,
              new TouchEvents(kafka, event -> {}, Links.TOLD_AT_ONCE, Links.CLOCK)));

  private void leads(String link, String target) throws Exception {
    server
        .perform(
            get(link.replace("https://go.example.com", ""))
                .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Chrome/141.0"))
        .andExpect(status().isFound())
        .andExpect(header().string("Cache-Control", "no-store"))
        .andExpect(header().string("Location", target));
  }

  @Test
  void a_link_in_a_text_message_is_short_and_tells_of_the_click() throws Exception {
    String link = rewriter.link(CART, SMS);

    assertThat(link).hasSize("https://go.example.com/s/".length() + 10);
    leads(link, CART + "&utm_campaign=abandoned-cart&utm_medium=sms&utm_source=ripen");
    await().atMost(Duration.ofMinutes(1)).until(() -> !kafka.published().isEmpty());
    Event event = kafka.published().getFirst();
    assertThat(event.name()).isEqualTo("Message Clicked");
    assertThat(event.leadId()).isEqualTo(SMS.leadId());
    assertThat(event.properties().path("element").asString()).isEqualTo("serviceTask_nudge");
  }

  @Test
  void the_same_link_of_the_same_touch_is_the_same_and_others_are_others() {
    TouchRef other = new TouchRef(1, SMS.leadId(), "sms", SMS.purpose(), SMS.flow(), SMS.element());

    assertThat(rewriter.link(CART, SMS)).isEqualTo(rewriter.link(CART, SMS));
    assertThat(rewriter.link(CART, SMS))
        .isNotEqualTo(rewriter.link(CART + "0", SMS))
        .isNotEqualTo(rewriter.link(CART, other));
  }

  @Test
  void a_page_of_ours_tells_by_itself_that_somebody_came() throws Exception {
    String unsubscribe = signed().unsubscribe(SMS);
    String text = rewriter.text("Stop: " + unsubscribe + ".", SMS);

    assertThat(text).hasSizeLessThan(60).endsWith(".");
    leads(text.substring("Stop: ".length(), text.length() - 1), unsubscribe);
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void it_ends_with_the_signed_link_that_it_stands_for_or_after_a_year() {
    String cart = code(rewriter.link(CART, SMS));
    String file = code(rewriter.link(signed().download(SMS, "tea-guide"), SMS));
    String unsubscribe = code(rewriter.link(signed().unsubscribe(SMS), SMS));

    ShortLinks inDays = after(Duration.ofDays(31));
    assertThat(inDays.open(cart)).isInstanceOf(Opened.Genuine.class);
    assertThat(inDays.open(file)).isInstanceOf(Opened.Expired.class);
    ShortLinks inAYear = after(Duration.ofDays(366));
    assertThat(inAYear.open(cart)).isInstanceOf(Opened.Expired.class);
    assertThat(inAYear.open(unsubscribe)).isInstanceOf(Opened.Genuine.class);
  }

  @Test
  void who_comes_too_late_is_told_so_for_a_month_and_then_it_is_forgotten() throws Exception {
    String link = rewriter.link(CART, SMS);
    assertThat(shortLinks.sweep()).isFalse();
    leads(link, CART + "&utm_campaign=abandoned-cart&utm_medium=sms&utm_source=ripen");

    assertThat(after(Duration.ofDays(380)).sweep()).isFalse();
    TestViews.of(
            new ClickController(
                signed(),
                after(Duration.ofDays(380)),
                new TouchEvents(kafka, event -> {}, Links.TOLD_AT_ONCE, Links.CLOCK)))
        .perform(get("/s/" + code(link)).locale(Locale.forLanguageTag("ru")))
        .andExpect(status().isGone())
        .andExpect(content().string(containsString("Эта ссылка устарела")));

    after(Duration.ofDays(400)).sweep();
    assertThat(shortLinks.open(code(link))).isInstanceOf(Opened.Forged.class);
  }

  @Test
  void many_are_forgotten_a_batch_at_a_time() {
    JdbcClient.create(database)
        .sql(
            """
            insert into short_link
            select 'code' || n, gen_random_uuid(), n, 'sms', 'marketing', 'f', 'e', 'https://x', now(),
              date '2020-01-01'
            from generate_series(1, 1500) n
            """)
        .update();
    rewriter.link(CART, SMS);
    assertThat(shortLinks.sweep()).isTrue();
    assertThat(shortLinks.sweep()).isFalse();
    assertThat(
            JdbcClient.create(database)
                .sql("select count(*) from short_link")
                .query(Long.class)
                .single())
        .isEqualTo(1);
  }

  private ShortLinks after(Duration time) {
    return Links.shortIn(database, Clock.offset(Links.CLOCK, time));
  }

  private static String code(String link) {
    return link.substring(link.lastIndexOf('/') + 1);
  }

  @Test
  void what_stands_for_nothing_leads_nowhere() throws Exception {
    server.perform(get("/s/0123456789")).andExpect(status().isNotFound());
  }
}
