package io.ripen.benchmarks;

import io.ripen.app.Failure;
import java.util.Map;
import java.util.Set;

/**
 * What became of touches whose workers were killed, by the ledger and by the mail server. Touches
 * are named as their Message-IDs are.
 *
 * @param policy what the workers had been told
 * @param touches how many there were
 * @param accepted by the ledger
 * @param uncertain by the ledger
 * @param repeated those that were tried more than once
 * @param mails how often the mail server has each
 */
record Deaths(
    WhenUncertain policy,
    int touches,
    Set<String> accepted,
    Set<String> uncertain,
    Set<String> repeated,
    Map<String, Integer> mails) {

  Table table() {
    Table table =
        new Table("what became of them", "touches")
            .row("accepted, and the mail server has it", accepted.size() - lost())
            .row("accepted, and the mail server does not have it: lost", lost())
            .row("the mail server has it more than once: doubled", doubled());
    return switch (policy) {
      case ASSUME_SENT ->
          table
              .row("uncertain, as a worker died with it in its hands", uncertain.size())
              .row("… of these the mail server has", had(uncertain));
      case RESEND ->
          table
              .row("tried more than once, as the first worker died", repeated.size())
              .row("… of these the mail server has once", had(repeated) - doubled(repeated))
              .row("… more than once, each with the same Message-ID", doubled(repeated));
    };
  }

  /**
   * Compares with what is promised.
   *
   * @throws Failure when it was not kept
   */
  void check() {
    long promised = policy == WhenUncertain.RESEND ? doubled(repeated) : 0;
    int unsettled =
        touches - accepted.size() - (policy == WhenUncertain.RESEND ? 0 : uncertain.size());
    if (lost() + doubled() - promised + unsettled > 0) {
      throw new Failure(
          "%d touches lost, %d doubled for no reason, %d not settled as %s promises (expected: none)"
              .formatted(lost(), doubled() - promised, unsettled, policy));
    }
  }

  private long lost() {
    return accepted.stream().filter(id -> !mails.containsKey(id)).count();
  }

  private long doubled() {
    return doubled(mails.keySet());
  }

  private long doubled(Set<String> ids) {
    return ids.stream().filter(id -> mails.getOrDefault(id, 0) > 1).count();
  }

  private long had(Set<String> ids) {
    return ids.stream().filter(mails::containsKey).count();
  }
}
