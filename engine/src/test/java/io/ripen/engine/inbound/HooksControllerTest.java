package io.ripen.engine.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.channels.Inbound;
import io.ripen.channels.Webhook;
import io.ripen.engine.RipenProperties;
import java.io.File;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class HooksControllerTest {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final int LARGEST = 2048;

  private final FakeWebhook provider = new FakeWebhook("provider", false);
  private final FakeWebhook mail = new FakeWebhook("mail", true);
  private final List<Inbound> kept = new ArrayList<>();
  private boolean isDatabaseAway;
  private final MockMvc server = server("https://go.example.com/ripen/");

  /** A provider that tells what it is asked to. */
  private static final class FakeWebhook implements Webhook {
    private final String name;
    private final boolean takesParts;
    private final List<Request> requests = new ArrayList<>();
    private Answer answer = new Answer.Taken(List.of());

    FakeWebhook(String name, boolean takesParts) {
      this.name = name;
      this.takesParts = takesParts;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int largest() {
      return LARGEST;
    }

    @Override
    public boolean takesParts() {
      return takesParts;
    }

    @Override
    public Answer receive(Request request) {
      requests.add(request);
      return answer;
    }
  }

  private MockMvc server(String publicUrl) {
    KeepInbound keep =
        new KeepInbound(null, null, null, null) {
          @Override
          public void keep(List<Inbound> inbound) {
            if (isDatabaseAway) {
              throw new IllegalStateException("the database is away");
            }
            kept.addAll(inbound);
          }
        };
    return MockMvcBuilders.standaloneSetup(
            new HooksController(
                List.of(provider, mail),
                keep,
                new RipenProperties(URI.create(publicUrl), "k".repeat(32), new File("."))))
        .build();
  }

  @Test
  void what_a_provider_tells_is_kept_and_answered_as_it_wishes() throws Exception {
    var told = new Inbound.Delivered("a", NOON, "SM1", null);
    provider.answer = new Webhook.Answer.Taken(List.of(told), "text/xml", "<Response>ő</Response>");

    server
        .perform(post("/hooks/channels/provider").content("told"))
        .andExpect(status().isOk())
        .andExpect(content().contentType("text/xml;charset=UTF-8"))
        .andExpect(content().string("<Response>ő</Response>"));

    assertThat(kept).containsExactly(told);
    assertThat(provider.requests.getFirst().body()).isEqualTo("told");
    assertThat(mail.requests).isEmpty();
  }

  @Test
  void a_signature_is_checked_against_the_address_that_the_provider_called() throws Exception {
    server.perform(
        post(URI.create("http://10.0.0.7:8090/hooks/channels/provider?a=1&b=%C5%91"))
            .header("Host", "10.0.0.7:8090")
            .header("X-Forwarded-Host", "evil.example")
            .header("X-Signature", "one", "two")
            .contentType(MediaType.APPLICATION_FORM_URLENCODED)
            .content("From=%2B36"));

    Webhook.Request request = provider.requests.getFirst();
    assertThat(request.url())
        .isEqualTo("https://go.example.com/ripen/hooks/channels/provider?a=1&b=%C5%91");
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).as("as it was signed").isEqualTo("From=%2B36");
    assertThat(request.headers().get("x-signature")).containsExactly("one", "two");
    assertThat(request.header("X-SIGNATURE")).hasValue("one");
  }

  @Test
  void a_channel_that_is_not_there_is_not_found() throws Exception {
    server
        .perform(post("/hooks/channels/fax").content("told"))
        .andExpect(status().isNotFound())
        .andExpect(content().string("there is no channel 'fax' with a webhook here"));
    assertThat(kept).isEmpty();
  }

  @Test
  void who_only_looks_is_told_nothing() throws Exception {
    server.perform(get("/hooks/channels/provider")).andExpect(status().isMethodNotAllowed());
    assertThat(provider.requests).isEmpty();
  }

  @Test
  void a_body_that_is_too_large_is_refused_before_anybody_reads_it() throws Exception {
    server
        .perform(post("/hooks/channels/provider").content("x".repeat(LARGEST + 1)))
        .andExpect(status().is(413))
        .andExpect(content().string("the body is too large (expected: at most 2 KB)"));
    assertThat(provider.requests).isEmpty();

    server
        .perform(post("/hooks/channels/provider").content("x".repeat(LARGEST)))
        .andExpect(status().isOk());
    assertThat(provider.requests).hasSize(1);
  }

  @Test
  void where_the_beginning_is_of_use_no_more_than_that_is_read() throws Exception {
    server
        .perform(post("/hooks/channels/mail").content("x".repeat(10 * LARGEST)))
        .andExpect(status().isOk());
    assertThat(mail.requests.getFirst().content()).hasSize(LARGEST + 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403})
  void what_the_channel_refuses_is_refused_and_nothing_is_kept(int status) throws Exception {
    provider.answer = new Webhook.Answer.Refused(status, "the signature is not the provider's");
    server
        .perform(post("/hooks/channels/provider").content("forged"))
        .andExpect(status().is(status))
        .andExpect(content().contentType(MediaType.TEXT_PLAIN))
        .andExpect(content().string("the signature is not the provider's"));
    assertThat(kept).isEmpty();
  }

  @Test
  void what_cannot_be_kept_is_no_success_so_that_it_is_told_again() {
    provider.answer =
        new Webhook.Answer.Taken(List.of(new Inbound.Delivered("a", NOON, "SM1", null)));
    isDatabaseAway = true;
    assertThatThrownBy(
            () -> server.perform(post("/hooks/channels/provider").content("told".getBytes(UTF_8))))
        .rootCause()
        .hasMessage("the database is away");
  }
}
