package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.testing.TestViews;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;

class ShortLinksIT {

  private static final TouchRef SMS =
      new TouchRef(
          TOUCH.touch(), TOUCH.leadId(), "sms", "marketing", "abandoned-cart", "serviceTask_nudge");
  private static final String CART = "https://shop.example.com/cart?id=1";

  private final ShortLinks shortLinks = Links.shortIn(TestDatabase.migrated());
  private final LinkRewriter rewriter = new LinkRewriter(signed(), shortLinks);
  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final MockMvc server =
      TestViews.of(
          new ClickController(
              signed(), shortLinks, new TouchEvents(kafka, event -> {}, Links.CLOCK)));

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
  void what_stands_for_nothing_leads_nowhere() throws Exception {
    server.perform(get("/s/0123456789")).andExpect(status().isNotFound());
  }
}
