package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.events.Event;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestViews;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.test.web.servlet.MockMvc;

class PixelControllerTest {

  private static final String GMAIL =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";

  private static final String OUTLOOK =
      "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)";

  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final List<Event> kept = new CopyOnWriteArrayList<>();
  private final TouchEvents events =
      new TouchEvents(kafka, kept::add, Links.TOLD_AT_ONCE, Links.CLOCK);
  private final MockMvc server = TestViews.of(new PixelController(signed(), events));

  private void look(String token, String userAgent) throws Exception {
    server
        .perform(get("/o/" + token).header("User-Agent", userAgent))
        .andExpect(status().isOk())
        .andExpect(content().contentType("image/gif"))
        .andExpect(header().string("Cache-Control", "no-store"));
  }

  @Test
  void whoever_sees_the_picture_has_opened_the_email_once() throws Exception {
    String token = Links.token(signed().pixel(TOUCH));
    look(token, GMAIL);
    look(token, OUTLOOK);

    await().atMost(Duration.ofMinutes(1)).until(() -> kafka.published().size() == 2);
    assertThat(kafka.published())
        .allSatisfy(
            event -> {
              assertThat(event.name()).isEqualTo("Message Opened");
              assertThat(event.leadId()).isEqualTo(TOUCH.leadId());
            })
        .extracting(Event::messageId)
        .containsOnly("ripen:opened.%d.%s".formatted(TOUCH.touch(), TOUCH.leadId()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mozilla/5.0", "", "curl/8.5.0", "Barracuda Sentinel"})
  void what_programs_fetch_says_nothing(String userAgent) throws Exception {
    look(Links.token(signed().pixel(TOUCH)), userAgent);
    events.close();
    assertThat(kafka.published()).isEmpty();
    assertThat(kept).isEmpty();
  }

  @Test
  void a_forged_link_shows_the_same_picture_and_tells_nothing() throws Exception {
    look("forged", GMAIL);
    look(Links.token(signed().click(TOUCH, "https://shop.example.com")), GMAIL);
    events.close();
    assertThat(kafka.published()).isEmpty();
  }
}
