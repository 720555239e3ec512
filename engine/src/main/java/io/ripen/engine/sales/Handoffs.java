package io.ripen.engine.sales;

import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is kept of hand-overs beside Zeebe: notes of the flow, and of the people. */
public final class Handoffs {

  private static final int MOST = 10;

  private final HandoffJdbc table;
  private final Clock clock;

  Handoffs(HandoffJdbc table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Something that the inbox shows with the lead. */
  public record Note(String text, Instant at) {}

  /**
   * Puts a note of the flow into the inbox, once for each pass through its step.
   *
   * @param stepKey Zeebe's key of the step that makes it
   */
  public void note(long stepKey, long instanceKey, UUID leadId, String text) {
    note(stepKey, instanceKey, leadId, text, null);
  }

  /**
   * The same, and tells people of it by e-mail.
   *
   * @param tell who of the team that has the lead; null for nobody
   */
  public void note(long stepKey, long instanceKey, UUID leadId, String text, @Nullable Tell tell) {
    table.addNote(stepKey, instanceKey, leadId, text, tell, clock.instant());
  }

  /** Who is told: all of them, but of the team only who has the lead, if somebody has. */
  public enum Tell {
    TEAM,
    TEAM_LEADS;

    /** By its name in flows: {@code team-leads}. */
    public static Optional<Tell> named(String name) {
      return Arrays.stream(values()).filter(tell -> tell.word().equals(name)).findFirst();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Takes back the note of a pass through a step that came to nothing, if there is one. */
  public void takeBack(long stepKey, UUID leadId) {
    table.removeNote(stepKey, leadId);
  }

  /**
   * The notes of one run of a flow, and of a hand-over those that another flow made within a day
   * before or since, the same one not again within a day; the oldest first.
   */
  public List<Note> notes(long instanceKey) {
    return table.notes(instanceKey);
  }

  /**
   * How the lead was dealt with before.
   *
   * @param outcome the word of an {@link Outcome}
   * @param reason the word of a {@link Disqualification}, or null
   * @param remark what the salesperson wrote for their colleagues, or null
   * @param by who it was, where known
   */
  public record Former(
      String outcome,
      @Nullable String reason,
      @Nullable String remark,
      @Nullable String by,
      Instant at) {}

  /** The hand-overs of a lead that have ended, the latest first. */
  public List<Former> former(UUID leadId) {
    return table.closed(leadId, MOST);
  }

  /** Keeps what a salesperson wrote about the outcome; it never leaves PostgreSQL. */
  public void keepRemark(long instanceKey, String remark) {
    table.keepNote(instanceKey, remark);
  }
}
