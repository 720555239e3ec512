package io.ripen.engine.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ripen.channels.Channel;
import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.SendResult;
import io.ripen.channels.SendResult.Accepted;
import io.ripen.channels.SendResult.Rejected;
import io.ripen.channels.SendResult.Retryable;
import io.ripen.channels.SendResult.Uncertain;
import io.ripen.channels.ShortMessage;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.channels.webpush.PushMessage;
import io.ripen.engine.events.Event;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.leads.LeadsFixture;
import io.ripen.engine.links.Links;
import io.ripen.engine.links.SignedLinks;
import io.ripen.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Subscriptions, whose they are, and messages to all of them, on a real database. */
class PushIT {

  private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
  private static final PushKeys KEYS = PushKeys.generate("mailto:ops@shop.example");
  private static final String PHONE = "0190a000-0000-4000-8000-000000000001";
  private static final String LAPTOP = "0190a000-0000-4000-8000-000000000002";

  private final DataSource database = TestDatabase.migrated();
  private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
  private final LeadsFixture leads = new LeadsFixture(database, clock);
  private final PushJdbc table = new PushJdbc(new JdbcTemplate(database));
  private final SignedLinks links = Links.signedAt(clock);
  private final List<Event> events = new ArrayList<>();
  private final List<Inbound> inbound = new ArrayList<>();
  private final TakeSubscriptions takeSubscriptions =
      new TakeSubscriptions(table, properties(KEYS), events::add, inbound::addAll, links, clock);
  private final Provider provider = new Provider();
  private final PushChannel channel =
      new PushChannel(provider, table, KEYS.publicKey(), links, clock);
  private final AtomicInteger begun = new AtomicInteger();

  private static PushProperties properties(PushKeys keys) {
    return new PushProperties(
        keys.publicKey(),
        keys.privateKey(),
        keys.subject(),
        List.of(),
        50,
        20,
        Duration.ofSeconds(5),
        Duration.ofSeconds(10));
  }

  private static TakeSubscriptions.Browser browser(String id) {
    return new TakeSubscriptions.Browser(
        id, "shop", "https://shop.example/cart", "192.0.2.1", "Firefox");
  }

  private void subscribe(String browser, String device) {
    takeSubscriptions.subscribe(
        browser(browser), Browsers.subscription(device), "marketing", "Tell me of news");
  }

  private SendResult send(UUID lead) {
    return channel.send(
        new ShortMessage(
            "7." + lead,
            lead.toString(),
            "Your cart",
            "It waits.",
            List.of(new ShortMessage.Button("See it", "https://go.example.com/r/x")),
            Map.of(),
            NOON.plus(Duration.ofHours(5)),
            true),
        begun::incrementAndGet);
  }

  private String address(UUID lead) {
    return Medium.PUSH.address(leads.facts().readAll(List.of(lead)).getFirst());
  }

  @Test
  void who_subscribes_says_yes_and_can_be_reached() {
    UUID anna = leads.visits(PHONE);
    assertThat(address(anna)).isNull();

    subscribe(PHONE, "phone");

    assertThat(address(anna)).isEqualTo(anna.toString());
    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.name()).isEqualTo("Consent Granted");
              assertThat(event.anonymousId()).isEqualTo(PHONE);
              assertThat(event.site()).isEqualTo("shop");
              assertThat(event.properties().path("channel").asString()).isEqualTo("push");
              assertThat(event.properties().path("purpose").asString()).isEqualTo("marketing");
              assertThat(event.properties().path("wording").asString())
                  .isEqualTo("Tell me of news");
              assertThat(event.context().at("/page/url").asString())
                  .isEqualTo("https://shop.example/cart");
              assertThat(event.context().path("ip").asString()).isEqualTo("192.0.2.1");
            });
  }

  @Test
  void a_browser_that_only_tells_again_says_no_new_yes() {
    leads.visits(PHONE);
    subscribe(PHONE, "phone");
    takeSubscriptions.subscribe(browser(PHONE), Browsers.subscription("phone"), null, "");
    assertThat(events).hasSize(1);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void the_message_goes_to_all_browsers_and_one_that_takes_it_is_enough() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    subscribe(PHONE, "tablet");
    provider.answers("phone", new Rejected("410", Cause.NO_SUCH_ADDRESS));

    assertThat(send(anna)).isInstanceOf(Accepted.class);

    assertThat(provider.sent).hasSize(2);
    assertThat(begun).as("the point of no return is passed once").hasValue(1);
    PushMessage message = provider.sent.getFirst();
    assertThat(message.goodFor()).isEqualTo(Duration.ofHours(5));
    assertThat(message.urgent()).isTrue();
    assertThat(message.buttons()).hasSize(1);
    assertThat(rows()).as("the one that is gone is forgotten").isEqualTo(1);
    assertThat(address(anna)).isNotNull();
  }

  @Test
  void when_all_are_gone_it_is_refused_and_the_lead_is_out_of_reach() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    provider.answers("phone", new Rejected("it answered 410", Cause.NO_SUCH_ADDRESS));

    assertThat(send(anna))
        .isInstanceOfSatisfying(
            Rejected.class,
            r -> {
              assertThat(r.reason()).isEqualTo("it answered 410");
              assertThat(r.cause()).as("they may subscribe anew").isNull();
            });
    assertThat(address(anna)).isNull();
    assertThat(send(anna))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).contains("none of the lead's browsers"));
  }

  @Test
  void what_may_be_out_is_not_sent_again_and_what_is_certainly_not_is() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    subscribe(PHONE, "tablet");
    provider.answers("phone", new Uncertain("lost"));
    provider.answers("tablet", new Retryable("busy", Duration.ofSeconds(30)));
    assertThat(send(anna)).isInstanceOf(Uncertain.class);

    provider.answers("phone", new Rejected("too large"));
    assertThat(send(anna)).isEqualTo(new Retryable("busy", Duration.ofSeconds(30)));
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void who_takes_it_back_at_the_last_moment_is_heard() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    assertThatThrownBy(
            () ->
                channel.send(
                    new ShortMessage("7.1", anna.toString(), "", "Hi", List.of()),
                    () -> {
                      throw new IllegalStateException("bought meanwhile");
                    }))
        .hasMessage("bought meanwhile");
  }

  @Test
  void subscriptions_follow_a_visitor_who_turns_out_to_be_somebody() {
    UUID known = leads.signsIn(LAPTOP, "anna");
    subscribe(LAPTOP, "laptop");
    UUID visitor = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    assertThat(visitor).isNotEqualTo(known);

    assertThat(leads.signsIn(PHONE, "anna")).isEqualTo(known);

    send(known);
    assertThat(provider.sent).hasSize(2);
    send(visitor);
    assertThat(provider.sent).as("a flow may know them as who they were").hasSize(4);
  }

  @Test
  void another_key_s_subscriptions_are_not_used() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    PushChannel other =
        new PushChannel(
            provider, table, PushKeys.generate("https://x.example").publicKey(), links, clock);
    assertThat(other.send(new ShortMessage("7.1", anna.toString(), "", "Hi", List.of()), () -> {}))
        .isInstanceOfSatisfying(
            Rejected.class, r -> assertThat(r.reason()).contains("ripen.push.public-key"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void the_consent_ends_with_the_last_browser() {
    UUID anna = leads.signsIn(PHONE, "anna");
    leads.signsIn(LAPTOP, "anna");
    subscribe(PHONE, "phone");
    subscribe(LAPTOP, "laptop");
    events.clear();

    takeSubscriptions.unsubscribe(browser(PHONE), Browsers.endpoint("phone"), "Stop");
    assertThat(events).isEmpty();
    takeSubscriptions.unsubscribe(browser(PHONE), Browsers.endpoint("laptop"), "Stop");
    assertThat(events).as("not this browser's").isEmpty();
    takeSubscriptions.unsubscribe(browser(LAPTOP), Browsers.endpoint("laptop"), "Stop");
    takeSubscriptions.unsubscribe(browser(LAPTOP), Browsers.endpoint("laptop"), "Stop");

    assertThat(events)
        .extracting(Event::name, e -> e.properties().path("purpose").asString())
        .containsExactly(
            tuple("Consent Withdrawn", "marketing"), tuple("Consent Withdrawn", "newsletter"));
    assertThat(address(anna)).isNull();
  }

  @Test
  void one_browser_keeps_five_at_most() {
    leads.visits(PHONE);
    for (int i = 0; i < 8; i++) {
      subscribe(PHONE, "device-" + i);
    }
    assertThat(rows()).isEqualTo(5);
  }

  @Test
  void that_it_came_is_believed_by_its_token_only() {
    UUID anna = leads.visits(PHONE);
    subscribe(PHONE, "phone");
    send(anna);
    String token = Links.token(String.valueOf(provider.sent.getFirst().delivered()));

    assertThat(takeSubscriptions.delivered(token)).isTrue();
    assertThat(takeSubscriptions.delivered(token.substring(1))).isFalse();
    assertThat(takeSubscriptions.delivered(links.contact(anna))).isFalse();

    assertThat(inbound)
        .containsExactly(new Inbound.Delivered("push-7." + anna, NOON, null, "7." + anna));
  }

  private int rows() {
    return new JdbcTemplate(database)
        .queryForObject("select count(*) from push_subscription", Integer.class);
  }

  /** A push service that does what it is told. */
  private static final class Provider implements Channel<PushMessage> {
    private final Map<String, SendResult> answers = new HashMap<>();
    private final List<PushMessage> sent = new ArrayList<>();

    void answers(String device, SendResult result) {
      answers.put(Browsers.endpoint(device), result);
    }

    @Override
    public String name() {
      return "push";
    }

    @Override
    public SendResult send(PushMessage message, HandOver handOver) {
      handOver.begin();
      sent.add(message);
      return answers.getOrDefault(
          message.to().endpoint().toString(), new Accepted("push:" + message.id()));
    }
  }
}
