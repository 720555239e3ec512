package io.ripen.engine.touches;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.channels.email.ReturnPath;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.flows.FlowGoals;
import io.ripen.engine.flows.FlowsFixture;
import io.ripen.engine.gate.Medium;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.privacy.KeyedHash;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.testing.TestDatabase;
import io.ripen.engine.touches.TouchPolicy.WhenUncertain;
import java.io.File;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import tools.jackson.databind.node.JsonNodeFactory;

/** Everything about touches on a real database, with leads, content and provider played. */
final class TouchWorld implements AutoCloseable {

  /** No caps, no gap, no quiet hours. */
  static final Map<String, Object> ANY_TIME =
      Map.of(
          "minimum-gap", "0s",
          "quiet-hours.channels", "",
          "caps.all.per-day", "0",
          "caps.email.per-day", "0",
          "caps.sms.per-day", "0",
          "caps.messenger.per-day", "0",
          "caps.push.per-day", "0",
          "caps.popup.per-day", "0");

  static final ReturnPath RETURN_PATH =
      new ReturnPath("bounce@mail.example.com", "a-signing-key-of-32-characters-or-more");

  private static final AtomicLong KEYS = new AtomicLong(4_503_599_627_370_497L);

  final FakeLeads leads = new FakeLeads();
  final FakeCatalog catalog = new FakeCatalog();
  final FakeProvider provider = new FakeProvider();
  final FakeChannel sms = new FakeChannel("sms");
  final FakeChannel messenger = new FakeChannel("messenger");
  final FakeChannel push = new FakeChannel("push");
  final FakeChannel popup = new FakeChannel("popup");
  final FakeChannel chat = new FakeChannel("chat");
  final MovableClock clock = new MovableClock();
  final MeterRegistry meters = new SimpleMeterRegistry();
  final JdbcTemplate sql;

  /** How long workers have waited for the database; nobody really waits. */
  private final AtomicLong waited = new AtomicLong();

  private volatile long awayUntil;
  private final AnnotationConfigApplicationContext context;
  private final HikariDataSource database;

  TouchWorld() {
    this(WhenUncertain.ASSUME_SENT);
  }

  TouchWorld(WhenUncertain whenUncertain) {
    this(whenUncertain, ANY_TIME);
  }

  /**
   * @param gate the gate's settings, without {@code ripen.gate.}
   */
  TouchWorld(WhenUncertain whenUncertain, Map<String, Object> gate) {
    this(whenUncertain, gate, List.of());
  }

  /**
   * @param seeds addresses that get a copy of every message
   */
  TouchWorld(WhenUncertain whenUncertain, Map<String, Object> gate, List<String> seeds) {
    this(whenUncertain, gate, seeds, false);
  }

  /** From now on the caps know nothing of what leads of other tests got at the same address. */
  void beginsAnew() {
    sql.update("update touch set sent_to = null");
    sql.update("update lead set email = null");
  }

  /** One in which the chat is set up as well. */
  static TouchWorld withChat() {
    return new TouchWorld(WhenUncertain.ASSUME_SENT, ANY_TIME, List.of(), true);
  }

  private TouchWorld(
      WhenUncertain whenUncertain, Map<String, Object> gate, List<String> seeds, boolean hasChat) {
    HikariConfig config = new HikariConfig();
    config.setDataSource(TestDatabase.migrated());
    config.setMaximumPoolSize(20);
    // Thousands of workers queue for it on a busy machine.
    config.setConnectionTimeout(300_000);
    database = new HikariDataSource(config);
    DataSource steered = steered();
    sql = new JdbcTemplate(steered);
    context = new AnnotationConfigApplicationContext();
    context.getEnvironment().setActiveProfiles("workers");
    Map<String, Object> settings = new HashMap<>();
    gate.forEach((name, value) -> settings.put("ripen.gate." + name, value));
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("gate", settings));
    context.registerBean(DataSource.class, () -> steered);
    context.registerBean(JdbcTemplate.class, () -> sql);
    context.registerBean(JdbcClient.class, () -> JdbcClient.create(steered));
    context.registerBean(JdbcTransactionManager.class, () -> new JdbcTransactionManager(steered));
    context.registerBean(MeterRegistry.class, () -> meters);
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(Feel.class, () -> new Feel(clock));
    context.registerBean(FakeLeads.class, () -> leads);
    context.registerBean(FakeCatalog.class, () -> catalog);
    context.registerBean(FakeProvider.class, () -> provider);
    context.registerBean("sms", FakeChannel.class, () -> sms);
    context.registerBean("messenger", FakeChannel.class, () -> messenger);
    context.registerBean("push", FakeChannel.class, () -> push);
    context.registerBean("popup", FakeChannel.class, () -> popup);
    if (hasChat) {
      context.registerBean("chat", FakeChannel.class, () -> chat);
    }
    context.registerBean(
        EmailProperties.class,
        () ->
            new EmailProperties(
                "shop@example.com",
                null,
                null,
                "bounce@mail.example.com",
                new EmailProperties.Signature(null, null, null),
                true,
                seeds,
                1_000_000,
                1,
                100,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofMinutes(2),
                Duration.ofMinutes(4)));
    context.registerBean(ReturnPath.class, () -> RETURN_PATH);
    context.registerBean(
        TouchPolicy.class,
        () ->
            new TouchPolicy(
                Duration.ofMinutes(4),
                Duration.ofMinutes(4),
                Duration.ofHours(24),
                Map.of(Medium.EMAIL, whenUncertain, Medium.SMS, whenUncertain)));
    context.registerBean(
        Patience.class,
        () ->
            new Patience(
                Duration.ofMinutes(4), waited::get, time -> waited.addAndGet(time.toNanos())));
    context.registerBean(
        RipenProperties.class,
        () ->
            new RipenProperties(
                URI.create("https://go.example.com"),
                "a-signing-key-of-32-characters-or-more",
                new File(".")));
    context.registerBean(
        FlowGoals.class, () -> FlowsFixture.flowGoals(context.getBean(JdbcTemplate.class)));
    context.registerBean(KeyedHash.class, () -> PrivacyFixture.HASH);
    context.register(Beans.class);
    context.refresh();
  }

  SendTouch sendTouch() {
    return context.getBean(SendTouch.class);
  }

  TouchLedger ledger() {
    return context.getBean(TouchLedger.class);
  }

  LostTouches lost() {
    return context.getBean(LostTouches.class);
  }

  TouchOutcome send(Touch touch) {
    return sendTouch().send(touch);
  }

  /** A touch to a lead who agreed and has an open cart. */
  Touch aTouch() {
    UUID lead = leads.aLead();
    agrees(lead, true);
    return aTouchTo(lead);
  }

  Touch aTouchTo(UUID lead) {
    return aTouchTo(lead, "marketing", "cart.state = \"open\"");
  }

  Touch aTouchTo(UUID lead, String purpose, @Nullable String onlyIf) {
    long key = KEYS.incrementAndGet();
    return new Touch(
        key,
        new Subject(lead, UUID.nameUUIDFromBytes(new byte[] {1}), null, null),
        "email",
        purpose,
        "reminder",
        onlyIf,
        Priority.NORMAL,
        null,
        new Touch.Place("abandoned-cart", 3, "serviceTask_sendReminder", key - 1_000_000));
  }

  Touch aTouchBy(String channel, UUID lead) {
    return aTouchBy(channel, lead, "marketing");
  }

  Touch aTouchBy(String channel, UUID lead, String purpose) {
    long key = KEYS.incrementAndGet();
    return new Touch(
        key,
        Subject.lead(lead),
        channel,
        purpose,
        "reminder",
        null,
        Priority.NORMAL,
        null,
        new Touch.Place("abandoned-cart", 3, "serviceTask_nudge", key - 1_000_000));
  }

  void agrees(UUID lead, boolean granted) {
    agrees(lead, "email", granted);
  }

  void agrees(UUID lead, String channel, boolean granted) {
    says(lead, channel, "marketing", granted);
  }

  void says(UUID lead, String channel, String purpose, boolean granted) {
    context
        .getBean(Consents.class)
        .record(
            List.of(
                new ConsentChange(
                    lead,
                    channel,
                    purpose,
                    granted,
                    clock.instant(),
                    JsonNodeFactory.instance.objectNode().put("by", "double-opt-in: link"))));
  }

  /** As long as somebody waits for it. */
  void databaseIsAwayFor(Duration time) {
    awayUntil = waited.get() + time.toNanos();
  }

  void databaseIsBack() {
    awayUntil = 0;
  }

  private DataSource steered() {
    return new DelegatingDataSource(database) {
      @Override
      public Connection getConnection() throws SQLException {
        if (waited.get() < awayUntil) {
          throw new SQLException("connection refused", "08001");
        }
        return super.getConnection();
      }
    };
  }

  /** As if the worker that holds the claim were gone for longer than its lease. */
  void leaseRunsOut(Touch touch) {
    sql.update(
        "update touch set claimed_until = clock_timestamp() - interval '1 second' where key = ?",
        touch.key());
  }

  /** Time goes by: for workers, and for the database, whose clock nobody can move. */
  void timePasses(Duration time) {
    clock.move(time);
    sql.update(
        """
        update touch set noted_at = noted_at - ? * interval '1 millisecond',
          use_until = use_until - ? * interval '1 millisecond',
          hand_over_began_at = hand_over_began_at - ? * interval '1 millisecond'
        """,
        time.toMillis(),
        time.toMillis(),
        time.toMillis());
  }

  Map<String, Object> row(Touch touch) {
    return sql.queryForMap("select * from touch where key = ?", touch.key());
  }

  Object state(Touch touch) {
    return row(touch).get("state");
  }

  /** The gate's decisions, oldest first, by their words. */
  List<String> decisions(Touch touch) {
    return sql.queryForList(
        "select code from gate_decision where touch_key = ? order by id",
        String.class,
        touch.key());
  }

  @Override
  public void close() {
    context.close();
    database.close();
  }

  @Configuration(proxyBeanMethods = false)
  @EnableTransactionManagement
  @ComponentScan(
      basePackages = "io.ripen.engine.onsite",
      useDefaultFilters = false,
      includeFilters =
          @ComponentScan.Filter(
              type = org.springframework.context.annotation.FilterType.REGEX,
              pattern = ".*\\.(OnSiteJdbc|PersonalChats)"))
  @ComponentScan(
      basePackages = {
        "io.ripen.engine.touches",
        "io.ripen.engine.gate",
        "io.ripen.engine.consents",
        "io.ripen.engine.links"
      },
      excludeFilters =
          @ComponentScan.Filter(
              type = org.springframework.context.annotation.FilterType.ASSIGNABLE_TYPE,
              classes = TouchesConfiguration.class))
  static class Beans {}
}
