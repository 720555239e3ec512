package io.ripen.engine.leads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.ripen.engine.consents.ConsentChange;
import io.ripen.engine.consents.Consents;
import io.ripen.engine.consents.ConsentsFixture;
import io.ripen.engine.consents.Permission;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventTopics;
import io.ripen.engine.privacy.PrivacyFixture;
import io.ripen.engine.rules.Rules;
import io.ripen.engine.scoring.Decay;
import io.ripen.engine.scoring.Readiness;
import io.ripen.engine.scoring.ScoreTable;
import io.ripen.engine.scoring.ScoringFixture;
import io.ripen.engine.signals.SignalsFixture;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.mockito.Mockito;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** The consumer on real PostgreSQL, fed without Kafka; all signals are awaited. */
final class Intake {

  final JdbcClient jdbc;
  final EventConsumer consumer;
  final ApplyEvents applyEvents;
  final LeadFacts facts;
  final Decisions decisions;
  final Consents permissions;
  final List<ConsentChange> consents = Collections.synchronizedList(new ArrayList<>());
  final List<ProducerRecord<byte[], byte[]>> dead = Collections.synchronizedList(new ArrayList<>());
  private long offset;

  /** Segments whose members a condition tells. */
  Set<String> byCondition = Set.of();

  Intake(DataSource database) {
    this(database, Clock.fixed(Happening.NOON.plus(Duration.ofHours(20)), ZoneOffset.UTC));
  }

  Intake(DataSource database, Clock clock) {
    this(database, clock, Decay.NONE);
  }

  Intake(DataSource database, Clock clock, Decay decay) {
    this(database, clock, decay, ScoringFixture.SCORES);
  }

  Intake(DataSource database, Clock clock, Decay decay, ScoreTable scores) {
    this(database, clock, decay, () -> SignalsFixture.with(ScoringFixture.rules(scores)));
  }

  Intake(DataSource database, Clock clock, Decay decay, Rules rules) {
    var template = new JdbcTemplate(database);
    jdbc = JdbcClient.create(template);
    permissions = new NotingConsents(ConsentsFixture.consents(template));
    facts = new LeadFactsJdbc(jdbc, new Readiness(decay, () -> ScoringFixture.RULES, clock), clock);
    applyEvents =
        new ApplyEvents(
            new TransactionTemplate(new JdbcTransactionManager(database)),
            new BookJdbc(jdbc, decay, () -> byCondition),
            new EventJdbc(template),
            PrivacyFixture.erased(jdbc),
            permissions,
            rules,
            SignalsFixture.allAwaited(jdbc, clock),
            work -> new SegmentJdbc(jdbc).mark(work.touched()),
            Duration.ofMinutes(30));
    var patiently = new ApplyPatiently(applyEvents, new LeadMetrics(new SimpleMeterRegistry()));
    decisions = new DecisionsByEvent(patiently, jdbc, clock);
    consumer =
        new EventConsumer(
            new EventJson(),
            new Numbers(site -> site.equals("laden") ? Optional.of("DE") : Optional.empty()),
            patiently,
            new DeadLetters(deadTopic()),
            new LeadMetrics(new SimpleMeterRegistry()),
            clock);
  }

  /** One batch. */
  void take(Happening... happenings) {
    take(Arrays.stream(happenings).map(Happening::value).toList());
  }

  void take(List<byte[]> values) {
    consumer.onMessage(records(values));
  }

  /** Each a batch of its own. */
  void takeOneByOne(Happening... happenings) {
    for (Happening happening : happenings) {
      take(happening);
    }
  }

  synchronized List<ConsumerRecord<byte[], byte[]>> records(List<byte[]> values) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (byte[] value : values) {
      records.add(new ConsumerRecord<>(EventTopics.EVENTS, 0, offset++, null, value));
    }
    return records;
  }

  UUID leadOf(String kind, String value) {
    return jdbc.sql("select lead_id from lead_identity where kind = ? and value = ?")
        .params(kind, value)
        .query(UUID.class)
        .single();
  }

  UUID visitor(String anonymousId) {
    return leadOf("anonymous", anonymousId);
  }

  UUID user(String userId) {
    return leadOf("user", userId);
  }

  Map<String, Object> lead(UUID id) {
    return jdbc.sql("select * from lead where id = ?").param(id).query().singleRow();
  }

  long count(String table) {
    return jdbc.sql("select count(*) from " + table).query(Long.class).single();
  }

  /** The carts of a lead, oldest first: {@code open c1 mug=2,pot=1}. */
  List<String> carts(UUID lead) {
    return jdbc.sql(
            """
            select trim(state || ' ' || shop_id) || coalesce((
                select ' ' || string_agg(i ->> 'productId' || '=' || (i ->> 'quantity'), ','
                                         order by i ->> 'productId')
                from jsonb_array_elements(items) i), '')
            from cart where lead_id = ? order by opened_at, id
            """)
        .param(lead)
        .query(String.class)
        .list();
  }

  /** What is left of a lead's points now. */
  int score(UUID lead) {
    return ((BigDecimal) lead(facts.read(Subject.lead(lead)).orElseThrow()).get("score"))
        .intValueExact();
  }

  /** The points of a lead with their reasons, in the order in which they were earned. */
  List<String> points(UUID lead) {
    return jdbc.sql(
            """
            select points || ' ' || reason from score_entry where lead_id = ?
            order by given_at, rule
            """)
        .param(lead)
        .query(String.class)
        .list();
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> lead(Facts facts) {
    return (Map<String, Object>) Objects.requireNonNull(facts.tree().get("lead"));
  }

  /** The stages that a lead went through. */
  List<String> stages(UUID lead) {
    return jdbc.sql(
            """
            select from_stage || ' ' || to_stage || ': ' || reason from stage_change
            where lead_id = ? order by id
            """)
        .param(lead)
        .query(String.class)
        .list();
  }

  /** By whom the stages of a lead were changed. */
  List<String> deciders(UUID lead) {
    return jdbc.sql(
            """
            select format('%s by %s/%s/%s/%s/%s', to_stage, coalesce(flow, 'null'),
              coalesce(element_id, 'null'), coalesce(instance_key::text, 'null'),
              coalesce(person, 'null'), coalesce(rule, 'null'))
            from stage_change where lead_id = ? order by id
            """)
        .param(lead)
        .query(String.class)
        .list();
  }

  /** Those about carts and orders. */
  List<String> shopSignals() {
    return signals().stream().filter(name -> name.matches("(cart|order)\\..+")).toList();
  }

  List<String> signals() {
    return jdbc.sql("select name from signal order by id").query(String.class).list();
  }

  static String header(ProducerRecord<byte[], byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), UTF_8);
  }

  private final class NotingConsents implements Consents {

    private final Consents table;

    NotingConsents(Consents table) {
      this.table = table;
    }

    @Override
    public void record(List<ConsentChange> changes) {
      consents.addAll(changes);
      table.record(changes);
    }

    @Override
    public Permission permission(UUID leadId, String channel, String purpose, String address) {
      return table.permission(leadId, channel, purpose, address);
    }

    @Override
    public boolean isRefused(String channel, String address) {
      return table.isRefused(channel, address);
    }

    @Override
    public void bind(List<FirstAddress> addresses) {
      table.bind(addresses);
    }

    @Override
    public List<String> agreedBefore(UUID leadId, String channel, String address, Instant before) {
      return table.agreedBefore(leadId, channel, address, before);
    }
  }

  @SuppressWarnings("unchecked")
  private KafkaOperations<byte[], byte[]> deadTopic() {
    KafkaOperations<byte[], byte[]> kafka = Mockito.mock(KafkaOperations.class);
    Mockito.when(kafka.send(Mockito.<ProducerRecord<byte[], byte[]>>any()))
        .thenAnswer(
            call -> {
              dead.add(call.getArgument(0));
              return CompletableFuture.completedFuture(null);
            });
    return kafka;
  }
}
