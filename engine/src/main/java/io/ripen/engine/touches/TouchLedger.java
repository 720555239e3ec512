package io.ripen.engine.touches;

import io.ripen.channels.SendResult;
import io.ripen.engine.gate.GateDecision;
import io.ripen.engine.gate.GateDecisions;
import io.ripen.engine.gate.Medium;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The table {@code touch}. Claims, how old a touch is, and the hand-over where links are judged by
 * it, are timed by the database's clock: all workers share it, and nobody moves it.
 */
@Component
final class TouchLedger {

  private static final String ADD =
      """
      insert into touch (key, lead_id, cart_id, event_id, channel, purpose, flow, flow_version,
        element_id, process_instance_key, message, priority, planned_at, noted_at, use_until, choice,
        state, attempts, claim, claimed_until)
      values (:key, :lead, :cart, :event, :channel, :purpose, :flow, :version,
        :element, :instance, :message, :priority, :now, statement_timestamp(),
        statement_timestamp() + :use::bigint * interval '1 millisecond', :choice::jsonb, :state,
        :attempts, :token::uuid, clock_timestamp() + :lease::bigint * interval '1 millisecond')
      on conflict (key) do nothing
      """;

  private static final String CLAIM_NEW =
      "with decided as (" + ADD + " returning key, lead_id) " + GateDecisions.RECORD;

  /** A message that another touch has is not this one's, however much alike both are. */
  static final String NOBODY_ELSES =
      """
       and not exists (
        select from touch other where other.provider_id = :provider and other.key <> :key)
      """;

  /** The claim must still be the caller's. */
  private static final String MINE = " and claim = :token and state = 'claimed'";

  /** As the gate decided; what else must hold for it follows the key. */
  private static final String DEFER =
      """
      with decided as (
        update touch set state = 'planned', code = :code, reason = :reason, claim = null,
          claimed_until = null, deferred_until = :until::timestamptz
        where key = :key%s
        returning key, lead_id)
      """;

  /** As the gate decided; what else must hold for it follows the key. */
  private static final String DENY =
      """
      with decided as (
        update touch set state = :state, code = :code, reason = :why, settled_at = :decided,
          claimed_until = null
        where key = :key%s
        returning key, lead_id)
      """;

  /** Whatever came of it. */
  private static final String HAND_OVER_ENDS =
      "hand_over_ended_at = case when state = 'handing-over' then clock_timestamp()"
          + " else hand_over_ended_at end";

  private final JdbcClient jdbc;
  private final TouchMetrics metrics;
  private final TransactionTemplate transaction;

  TouchLedger(JdbcTemplate jdbc, TouchMetrics metrics, PlatformTransactionManager transactions) {
    this.jdbc = JdbcClient.create(jdbc);
    this.metrics = metrics;
    this.transaction = new TransactionTemplate(transactions);
  }

  /**
   * Does this in one transaction, while nobody else does such a thing for this address, or this
   * message of a provider. So what is read in it stays so until its end.
   */
  <T> T alone(String addressOrMessage, Supplier<T> work) {
    return Objects.requireNonNull(
        transaction.execute(
            status -> {
              jdbc.sql("select pg_advisory_xact_lock(hashtextextended('touch ' || lower(?), 0))")
                  .param(addressOrMessage)
                  .query(row -> {});
              return work.get();
            }));
  }

  /**
   * Claims the touch for the caller if it is new, and keeps what the gate decided.
   *
   * @param lease for how long
   * @param span how long the touch is of use
   * @return nothing when the touch is known already
   */
  Optional<Claim> claimNew(
      Touch touch, Way way, GateDecision decision, Duration lease, Duration span, Instant now) {
    UUID token = UUID.randomUUID();
    // As the database keeps it, and the next worker will read it.
    Instant planned = now.truncatedTo(ChronoUnit.MICROS);
    StatementSpec statement =
        jdbc.sql(CLAIM_NEW)
            .param("state", column(TouchState.CLAIMED))
            .param("attempts", 1)
            .param("token", token)
            .param("lease", lease.toMillis());
    int claimed =
        GateDecisions.record(columns(statement, touch, way, span, planned), decision, now).update();
    return claimed == 0
        ? Optional.empty()
        : Optional.of(
            new Claim(
                touch.key(),
                token,
                way.medium(),
                1,
                planned,
                planned,
                Age.of(Duration.ZERO),
                span,
                false));
  }

  /** The channel of a touch that is known already. */
  Optional<Medium> medium(long key) {
    return jdbc.sql("select channel from touch where key = ?")
        .param(key)
        .query(String.class)
        .optional()
        .map(Medium::named);
  }

  /**
   * The setting or the flow may say otherwise by now. Another channel counts where the flow names
   * one and nobody is at the touch; of the best ones the row keeps the first that was chosen.
   */
  private void follow(Touch touch, Duration useBy) {
    Medium named = Medium.named(touch.channel());
    jdbc.sql(
            """
            update touch set channel = said.channel, use_until = said.until
            from (
              select key, noted_at + :use::bigint * interval '1 millisecond' as until,
                case when handed_over_at is null and (state = 'planned'
                    or state = 'claimed' and claimed_until <= clock_timestamp())
                  then coalesce(:named::text, channel) else channel end as channel
              from touch
              where key = :key and state in ('planned', 'claimed', 'handing-over')
                and lead_id = :lead and cart_id is not distinct from :cart::uuid and flow = :flow
                and element_id = :element and process_instance_key = :instance
              for update) said
            where touch.key = said.key
              and (touch.channel, touch.use_until) is distinct from (said.channel, said.until)
            """)
        .param("key", touch.key())
        .param("lead", touch.leadId())
        .param("cart", touch.cartId())
        .param("flow", touch.place().flow())
        .param("element", touch.place().element())
        .param("instance", touch.place().processInstance())
        .param("use", useBy.toMillis())
        .param("named", named == null ? null : named.lower())
        .update();
  }

  /** Notes the touch if it is new, and locks its row until the caller's transaction ends. */
  TouchRow lock(Touch touch, Way way, Duration useBy, Instant now) {
    StatementSpec statement =
        jdbc.sql(ADD)
            .param("state", column(TouchState.PLANNED))
            .param("attempts", 0)
            .param("token", null)
            .param("lease", null);
    if (columns(statement, touch, way, useBy, now).update() == 0) {
      follow(touch, useBy);
    }
    return jdbc.sql(
            """
            select *, greatest(planned_at, deferred_until) as due_at,
              extract(epoch from clock_timestamp() - noted_at) as age,
              extract(epoch from claimed_until - clock_timestamp()) as held_for,
              extract(epoch from clock_timestamp() - hand_over_began_at) as handed_over_ago
            from touch where key = ? for update
            """)
        .param(touch.key())
        .query(TouchLedger::row)
        .single();
  }

  private static StatementSpec columns(
      StatementSpec statement, Touch touch, Way way, Duration useBy, Instant now) {
    return statement
        .param("key", touch.key())
        .param("lead", touch.leadId())
        .param("cart", touch.cartId())
        .param("event", touch.about().eventId())
        .param("channel", way.medium().lower())
        .param("choice", way.choice())
        .param("use", useBy.toMillis())
        .param("purpose", touch.purpose())
        .param("flow", touch.place().flow())
        .param("version", touch.place().flowVersion())
        .param("element", touch.place().element())
        .param("instance", touch.place().processInstance())
        .param("message", touch.message())
        .param("priority", touch.priority().lower())
        .param("now", utc(now));
  }

  /** Gives the touch to the caller, who has locked its row, for so long; the gate allows it. */
  Claim claim(TouchRow row, GateDecision decision, Duration lease, Duration span, Instant now) {
    UUID token = UUID.randomUUID();
    StatementSpec statement =
        jdbc.sql(
                """
                with decided as (
                  update touch set state = 'claimed', claim = :token, attempts = attempts + 1,
                    claimed_until = clock_timestamp() + :lease * interval '1 millisecond',
                    deferred_until = null, earlier_may_be_out = handed_over_at is not null
                  where key = :key
                  returning key, lead_id)
                """
                    + GateDecisions.RECORD)
            .param("token", token)
            .param("lease", lease.toMillis())
            .param("key", row.key());
    GateDecisions.record(statement, decision, now).update();
    return new Claim(
        row.key(),
        token,
        row.medium(),
        row.attempts() + 1,
        row.plannedAt(),
        row.dueAt(),
        row.age(),
        span,
        row.mayBeOut());
  }

  /** Lets a touch wait whose row the caller has locked, as the gate decided. */
  void defer(TouchRow row, GateDecision.Defer decision, Instant now) {
    decided(DEFER, row, decision, now);
  }

  /**
   * Lets the touch wait as the gate decided, if the claim is still the caller's.
   *
   * @return whether it was
   */
  boolean defer(Claim claim, GateDecision.Defer decision, Instant now) {
    return decided(DEFER, claim, decision, now);
  }

  /**
   * Settles a touch whose row the caller has locked, as the gate decided: as uncertain, if a try
   * may be out.
   */
  TouchOutcome deny(TouchRow row, GateDecision.Deny decision, Instant now) {
    decided(DENY, row, decision, now);
    return denied(decision, row.mayBeOut());
  }

  /**
   * Settles the touch as the gate decided, if the claim is still the caller's: as uncertain, if a
   * try before it may be out.
   *
   * @return nothing if it is not
   */
  Optional<TouchOutcome> deny(Claim claim, GateDecision.Deny decision, Instant now) {
    return decided(DENY, claim, decision, now)
        ? Optional.of(denied(decision, claim.earlierMayBeOut()))
        : Optional.empty();
  }

  /** What may be out is done as far as the flow is concerned. */
  private static TouchOutcome denied(GateDecision.Deny decision, boolean mayBeOut) {
    return mayBeOut
        ? new TouchOutcome.Done()
        : new TouchOutcome.Denied(decision.code(), decision.reason());
  }

  private void decided(String update, TouchRow row, GateDecision decision, Instant now) {
    StatementSpec statement =
        jdbc.sql(update.formatted("") + GateDecisions.RECORD).param("key", row.key());
    record(statement, decision, row.mayBeOut(), now).update();
    count(row.medium(), decision, row.mayBeOut());
  }

  private boolean decided(String update, Claim claim, GateDecision decision, Instant now) {
    StatementSpec statement =
        jdbc.sql(update.formatted(MINE) + GateDecisions.RECORD)
            .param("key", claim.key())
            .param("token", claim.token());
    boolean done = record(statement, decision, claim.earlierMayBeOut(), now).update() == 1;
    if (done) {
      count(claim.medium(), decision, claim.earlierMayBeOut());
    }
    return done;
  }

  private static StatementSpec record(
      StatementSpec statement, GateDecision decision, boolean mayBeOut, Instant now) {
    String why = decision.reason();
    return GateDecisions.record(statement, decision, now)
        .param("state", column(mayBeOut ? TouchState.UNCERTAIN : TouchState.DENIED))
        .param("why", mayBeOut ? TouchCodes.notAgain(why) : why);
  }

  private void count(Medium medium, GateDecision decision, boolean mayBeOut) {
    if (mayBeOut && decision instanceof GateDecision.Deny deny) {
      metrics.settled(medium, TouchState.UNCERTAIN, deny.code());
    } else {
      metrics.stopped(medium, decision);
    }
  }

  /**
   * Passes the point of no return, if the claim is still the caller's and has not run out: others
   * may not have counted it any more.
   *
   * @param to the address
   * @param lease how long the provider may take to answer
   */
  boolean handOver(Claim claim, String to, Duration lease, Instant now) {
    boolean done =
        jdbc.sql(
                    """
                update touch set state = 'handing-over', handed_over_at = ?,
                  hand_over_began_at = clock_timestamp(), hand_over_ended_at = null,
                  sent_to = md5(lower(?)),
                  claimed_until = clock_timestamp() + ? * interval '1 millisecond'
                where key = ? and claim = ? and state = 'claimed'
                  and claimed_until > clock_timestamp()
                """)
                .params(utc(now), to, lease.toMillis(), claim.key(), claim.token())
                .update()
            == 1;
    if (done) {
      metrics.handedOver(claim, now);
    }
    return done;
  }

  /**
   * Notes that the provider has the message. That is the truth, whoever holds the claim by now:
   * another worker that has not begun its own hand-over is stopped by it.
   */
  void accept(Claim claim, String providerId, String locale, Instant now) {
    accept(claim, providerId, locale, now, "");
  }

  /**
   * The same of what the provider, when asked, said that it has, unless another touch has that.
   *
   * @return whether it is noted
   */
  boolean acceptFound(Claim claim, String providerId, String locale, Instant now) {
    return alone(providerId, () -> accept(claim, providerId, locale, now, NOBODY_ELSES));
  }

  private boolean accept(
      Claim claim, String providerId, String locale, Instant now, String condition) {
    boolean done =
        jdbc.sql(
                    """
                    update touch set state = 'accepted', code = null, reason = null,
                      provider_id = :provider, locale = :locale, settled_at = :now,
                      hand_over_ended_at = clock_timestamp(), claimed_until = null
                    where key = :key and state <> 'accepted'
                      and (claim = :token or state <> 'handing-over')
                    """
                        + condition)
                .param("provider", providerId)
                .param("locale", locale)
                .param("now", utc(now))
                .param("key", claim.key())
                .param("token", claim.token())
                .update()
            == 1;
    if (done) {
      metrics.accepted(claim.medium());
    }
    return done;
  }

  /** Settles the touch for good or as uncertain, if the claim is still the caller's. */
  void settle(Claim claim, TouchState state, String code, String reason, Instant now) {
    int settled =
        jdbc.sql(
                """
                update touch set state = ?, code = ?, reason = ?, settled_at = ?,
                  claimed_until = null, handed_over_at = case when ? then handed_over_at end,
                  %s
                where key = ? and claim = ? and state in ('claimed', 'handing-over', 'uncertain')
                """
                    .formatted(HAND_OVER_ENDS))
            .params(
                column(state),
                code,
                reason,
                utc(now),
                state == TouchState.UNCERTAIN,
                claim.key(),
                claim.token())
            .update();
    if (settled == 1) {
      metrics.settled(claim.medium(), state, code);
    }
  }

  /** Settles a touch whose row the caller has locked, for another reason than the gate's. */
  void settle(TouchRow row, TouchState state, String code, String reason, Instant now) {
    jdbc.sql(
            """
            update touch set state = ?, code = ?, reason = ?, settled_at = ?, claimed_until = null
            where key = ?
            """)
        .params(column(state), code, reason, utc(now), row.key())
        .update();
    metrics.settled(row.medium(), state, code);
  }

  /**
   * Frees the touch for the next attempt, if the claim is still the caller's.
   *
   * @param certain whether this attempt has certainly not sent it
   */
  void release(Claim claim, String code, String reason, boolean certain) {
    int released =
        jdbc.sql(
                """
                update touch set state = 'planned', code = ?, reason = ?, claim = null,
                  claimed_until = null,
                  handed_over_at = case when not ? or earlier_may_be_out then handed_over_at end,
                  %s
                where key = ? and claim = ? and state in ('claimed', 'handing-over')
                """
                    .formatted(HAND_OVER_ENDS))
            .params(code, reason, certain, claim.key(), claim.token())
            .update();
    if (released == 1 && code.equals(TouchCodes.BROKEN)) {
      metrics.broken(claim.medium());
    }
  }

  /**
   * Notes that the message is kept until somebody sees it, if the claim is still the caller's:
   * whoever comes next asks for it.
   */
  void keep(Claim claim, SendResult.Waiting waiting, String locale) {
    jdbc.sql(
            """
            update touch set code = :code, reason = :reason, provider_id = :provider,
              locale = :locale, hand_over_ended_at = clock_timestamp(),
              claimed_until = clock_timestamp()
            where key = :key and claim = :token and state = 'handing-over'
            """)
        .param("code", TouchCodes.UNSEEN)
        .param("reason", waiting.cause())
        .param("provider", waiting.providerId())
        .param("locale", locale)
        .param("key", claim.key())
        .param("token", claim.token())
        .update();
  }

  /** Notes why a touch, whose row the caller has locked, cannot go on. */
  void note(TouchRow row, String code, String reason) {
    jdbc.sql("update touch set code = ?, reason = ? where key = ?")
        .params(code, reason, row.key())
        .update();
  }

  private static TouchRow row(ResultSet row, int n) throws SQLException {
    return new TouchRow(
        row.getLong("key"),
        row.getObject("lead_id", UUID.class),
        row.getObject("cart_id", UUID.class),
        row.getString("flow"),
        row.getString("element_id"),
        row.getLong("process_instance_key"),
        Objects.requireNonNull(Medium.named(row.getString("channel"))),
        TouchState.of(row.getString("state")),
        row.getString("code"),
        row.getString("reason"),
        row.getInt("attempts"),
        row.getObject("planned_at", OffsetDateTime.class).toInstant(),
        row.getObject("due_at", OffsetDateTime.class).toInstant(),
        Age.of(seconds(row, "age")),
        seconds(row, "held_for"),
        row.getObject("handed_over_at") != null,
        handOver(row),
        row.getObject("delivered_at") != null || row.getObject("undelivered_at") != null);
  }

  private static TouchRow.@Nullable HandOver handOver(ResultSet row) throws SQLException {
    OffsetDateTime at = row.getObject("hand_over_began_at", OffsetDateTime.class);
    return at == null
        ? null
        : new TouchRow.HandOver(at.toInstant(), seconds(row, "handed_over_ago"));
  }

  private static Duration seconds(ResultSet row, String column) throws SQLException {
    return Duration.ofMillis((long) (row.getDouble(column) * 1000));
  }

  private static String column(TouchState state) {
    return state.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
