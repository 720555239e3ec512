package io.ripen.engine.signals;

import io.ripen.engine.events.Event;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event and what it did to the facts of its lead: one row of questions to the signal table. An
 * event that changed two carts occurs twice.
 *
 * @param page the page that was looked at, when it was one
 * @param cart the cart that was changed, if any
 * @param order the order that was placed or cancelled, if any
 */
public record Occurrence(
    Event event, Lead lead, @Nullable Page page, @Nullable Cart cart, @Nullable Order order) {

  /**
   * The lead, after the event.
   *
   * @param known whether there is a way to reach them
   * @param newVisit whether the event began another visit
   * @param answerCount how many questions they have answered themselves, this one included; of who
   *     came back to LEAD from further on, since then
   */
  public record Lead(
      UUID id,
      String stage,
      boolean known,
      int visits,
      boolean newVisit,
      int answerCount,
      Progress progress) {}

  /**
   * What the event did for the lead's way.
   *
   * @param newStage whether it changed the stage
   * @param scoreBefore whole points before the event
   * @param score whole points after it
   * @param segment the segment that it put the lead into or took it out of, if it did
   */
  public record Progress(boolean newStage, int scoreBefore, int score, @Nullable String segment) {}

  /**
   * @param visits in how many visits the page was looked at, this one included
   * @param newVisit whether this is the first look after a pause
   */
  public record Page(String path, int visits, boolean newVisit) {}

  /**
   * @param change {@code updated}, {@code emptied} or {@code ordered}
   */
  public record Cart(
      UUID id, String change, int itemCount, BigDecimal total, @Nullable String currency) {}

  /**
   * @param change {@code placed} or {@code cancelled}
   */
  public record Order(UUID id, String change, BigDecimal total, @Nullable String currency) {}
}
