package io.ripen.engine.console;

import io.ripen.engine.sales.Disqualification;
import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.sales.Question;
import io.ripen.engine.sales.Salespeople.Salesperson;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Fills the page of one task: the lead's whole story, and what can be done. */
@Component
@Profile("engine")
final class SalesView {

  private static final int LINES = 50;

  private final LeadCardJdbc cards;
  private final TimelineJdbc timelines;
  private final SalesJdbc tasks;
  private final Handoffs handoffs;

  SalesView(LeadCardJdbc cards, TimelineJdbc timelines, SalesJdbc tasks, Handoffs handoffs) {
    this.cards = cards;
    this.timelines = timelines;
    this.tasks = tasks;
    this.handoffs = handoffs;
  }

  /**
   * Fills the model.
   *
   * @param problem what went wrong, in words for people; null where nothing did
   * @return the name of the page
   */
  String task(
      SalesTask task,
      Optional<Salesperson> me,
      OutcomeForm form,
      @Nullable String problem,
      Model model) {
    String name = me.map(Salesperson::name).orElse(null);
    model.addAttribute("task", task);
    model.addAttribute("me", me.orElse(null));
    model.addAttribute("mine", task.isOf(name));
    model.addAttribute(
        "alike",
        task.kind() == TaskKind.OTHER && task.open() && task.isOf(name)
            ? tasks.alike(task)
            : List.of());
    model.addAttribute("form", form);
    model.addAttribute("problem", problem);
    model.addAttribute("outcomes", Outcome.values());
    model.addAttribute("reasons", Disqualification.values());
    model.addAttribute("questions", Question.values());
    SalesTask.Lead lead = task.lead();
    model.addAttribute("lead", lead == null ? null : cards.find(lead.id()).orElse(null));
    model.addAttribute("answers", lead == null ? List.of() : tasks.answers(lead.id()));
    model.addAttribute("written", lead == null ? List.of() : tasks.written(lead.id()));
    model.addAttribute(
        "notes",
        handoffs.notes(task.instanceKey()).stream()
            .map(note -> new NoteLine(note.text(), Moment.of(note.at())))
            .toList());
    model.addAttribute(
        "former",
        lead == null
            ? List.of()
            : handoffs.former(lead.id()).stream().map(FormerLine::of).toList());
    if (lead != null) {
      model.addAttribute("kind", "");
      model.addAttribute("timeline", timelines.read(lead.id(), List.of(), Cursor.START, LINES));
    }
    return "console/sales-task";
  }

  /** A note of the flow. */
  record NoteLine(String text, Moment at) {}

  /** An earlier hand-over in words. */
  record FormerLine(String outcome, String remark, String by, Moment at) {
    static FormerLine of(Handoffs.Former former) {
      String reason = former.reason() == null ? "" : former.reason();
      return new FormerLine(
          Words.join(
              Outcome.named(former.outcome()).map(Outcome::label).orElse(former.outcome()),
              Disqualification.named(reason).map(Disqualification::label).orElse(reason)),
          former.remark() == null ? "" : former.remark(),
          former.by() == null ? "" : former.by(),
          Moment.of(former.at()));
    }
  }
}
