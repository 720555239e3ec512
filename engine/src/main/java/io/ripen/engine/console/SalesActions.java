package io.ripen.engine.console;

import io.ripen.engine.sales.Handoffs;
import io.ripen.engine.sales.Salespeople.Salesperson;
import io.ripen.engine.sales.TaskAnswer;
import io.ripen.engine.sales.TaskCommands;
import io.ripen.engine.sales.Verdict;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * What a salesperson does with a task. Zeebe decides who gets it; the pages, which are a moment
 * behind, only wait until they can show what it decided.
 */
@Controller
@Profile("engine")
@RequestMapping("/sales/{key:[0-9]{1,19}}")
class SalesActions {

  private final SalesJdbc tasks;
  private final SalesView view;
  private final WhoAmI whoAmI;
  private final TaskCommands commands;
  private final Handoffs handoffs;

  SalesActions(
      SalesJdbc tasks, SalesView view, WhoAmI whoAmI, TaskCommands commands, Handoffs handoffs) {
    this.tasks = tasks;
    this.view = view;
    this.whoAmI = whoAmI;
    this.commands = commands;
    this.handoffs = handoffs;
  }

  /** One request about one task. */
  private record Visit(SalesTask task, Salesperson me, HttpServletResponse response, Model model) {}

  /** Makes it mine; a task that is no more than that is done with it. */
  @PostMapping("/take")
  String take(
      @PathVariable String key,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<Salesperson> me = me(request);
    if (me.isEmpty()) {
      return introduce(key);
    }
    Visit visit = new Visit(find(key), me.get(), response, model);
    SalesTask task = visit.task();
    TaskAnswer claimed = commands.claim(task.key(), visit.me().name());
    if (!(claimed instanceof TaskAnswer.Done)) {
      return notDone(claimed, visit, OutcomeForm.EMPTY);
    }
    if (task.kind() != TaskKind.TAKE) {
      Mirror.await(() -> tasks.find(task.key()).filter(now -> now.isOf(visit.me().name())));
      return "redirect:/sales/" + task.key();
    }
    TaskAnswer taken = commands.complete(task.key(), Map.of("acceptedBy", visit.me().name()));
    if (!(taken instanceof TaskAnswer.Done)) {
      return notDone(taken, visit, OutcomeForm.EMPTY);
    }
    return "redirect:/sales/" + next(task);
  }

  /** Lets others have it; where the flow offers it anew, their time begins anew as well. */
  @PostMapping("/give-back")
  String giveBack(
      @PathVariable String key,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<Salesperson> me = me(request);
    if (me.isEmpty()) {
      return introduce(key);
    }
    Visit visit = new Visit(find(key), me.get(), response, model);
    if (!visit.task().isOf(visit.me().name())) {
      return notMine(visit, OutcomeForm.EMPTY);
    }
    SalesTask task = visit.task();
    TaskAnswer given =
        task.isTakenBack()
            ? commands.complete(task.key(), Map.of(Diagram.GIVEN_BACK, true))
            : commands.giveBack(task.key());
    if (!(given instanceof TaskAnswer.Done)) {
      return notDone(given, visit, OutcomeForm.EMPTY);
    }
    if (task.isTakenBack()) {
      return "redirect:/sales/" + next(task);
    }
    Mirror.await(() -> tasks.find(task.key()).filter(now -> !now.isOf(visit.me().name())));
    return "redirect:/sales/" + task.key();
  }

  /** The task that the flow comes to after this one, as soon as it is known here. */
  private long next(SalesTask task) {
    return Mirror.await(() -> tasks.openOf(task.instanceKey()).filter(next -> next != task.key()))
        .orElse(task.key());
  }

  /** Says how it ended. */
  @PostMapping("/outcome")
  String outcome(
      @PathVariable String key,
      @RequestParam Map<String, String> sent,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<Salesperson> me = me(request);
    if (me.isEmpty()) {
      return introduce(key);
    }
    Visit visit = new Visit(find(key), me.get(), response, model);
    OutcomeForm form = OutcomeForm.of(sent);
    if (!visit.task().isOf(visit.me().name())) {
      return notMine(visit, form);
    }
    if (!form.problems().isEmpty()) {
      return problem(
          HttpServletResponse.SC_BAD_REQUEST,
          "Something is missing below; nothing has been recorded yet.",
          visit,
          form);
    }
    Verdict verdict = form.verdict();
    if (!form.remark().isEmpty()) {
      handoffs.keepRemark(visit.task().instanceKey(), form.remark());
    }
    Map<String, Object> variables = new HashMap<>(verdict.variables());
    variables.put("acceptedBy", visit.me().name());
    return finish(visit, variables, form, "&outcome=" + verdict.outcome().word());
  }

  /**
   * Is done with a task that asks for nothing more.
   *
   * @param also tasks like it that stood on the page; what has come since has not been read
   */
  @PostMapping("/done")
  String done(
      @PathVariable String key,
      @RequestParam(defaultValue = "") Set<Long> also,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    Optional<Salesperson> me = me(request);
    if (me.isEmpty()) {
      return introduce(key);
    }
    Visit visit = new Visit(find(key), me.get(), response, model);
    if (!visit.task().isOf(visit.me().name())) {
      return notMine(visit, OutcomeForm.EMPTY);
    }
    tasks.alike(visit.task()).stream()
        .filter(also::contains)
        .forEach(alike -> finishToo(alike, visit.me().name()));
    return finish(visit, Map.of(), OutcomeForm.EMPTY, "");
  }

  /** What Zeebe does not do of it stays in the inbox, with whoever has it then. */
  private void finishToo(long key, String me) {
    if (commands.claim(key, me) instanceof TaskAnswer.Done) {
      var unused = commands.complete(key, Map.of());
    }
  }

  private String finish(Visit visit, Map<String, Object> variables, OutcomeForm form, String more) {
    TaskAnswer finished = commands.complete(visit.task().key(), variables);
    if (!(finished instanceof TaskAnswer.Done)) {
      return notDone(finished, visit, form);
    }
    Mirror.await(() -> tasks.find(visit.task().key()).filter(now -> !now.open()));
    return "redirect:/sales?closed=" + visit.task().key() + more;
  }

  private String notMine(Visit visit, OutcomeForm form) {
    String has = visit.task().assignee();
    return problem(
        HttpServletResponse.SC_CONFLICT,
        has == null
            ? "Nobody has this now, not even you: take it first."
            : has + " has this now, so only " + has + " can do that.",
        visit,
        form);
  }

  private String notDone(TaskAnswer answer, Visit visit, OutcomeForm form) {
    return switch (answer) {
      case TaskAnswer.Done done -> throw new IllegalArgumentException("it is done");
      case TaskAnswer.Taken taken -> tooLate(visit, form);
      case TaskAnswer.Gone gone -> tooLate(visit, form);
      case TaskAnswer.Refused refused ->
          problem(
              HttpServletResponse.SC_CONFLICT,
              "Zeebe would not do that: " + refused.why(),
              visit,
              form);
      case TaskAnswer.Away away ->
          problem(
              HttpServletResponse.SC_SERVICE_UNAVAILABLE,
              "Zeebe did not answer, so nobody knows whether that was done. Try again in a moment;"
                  + " doing it twice does no harm.",
              visit,
              form);
    };
  }

  /** Says who was faster, as soon as that is known here. */
  private String tooLate(Visit visit, OutcomeForm form) {
    long key = visit.task().key();
    String me = visit.me().name();
    SalesTask now =
        Mirror.await(
                () ->
                    tasks
                        .find(key)
                        .filter(
                            task -> !task.open() || (task.assignee() != null && !task.isOf(me))))
            .or(() -> tasks.find(key))
            .orElse(visit.task());
    Visit later = new Visit(now, visit.me(), visit.response(), visit.model());
    return problem(
        HttpServletResponse.SC_CONFLICT, tooLate(now, me) + kept(now, form), later, form);
  }

  /** What came of the form of a task that the flow has gone on without. */
  private static String kept(SalesTask task, OutcomeForm form) {
    if (!task.withdrawn() || form.equals(OutcomeForm.EMPTY)) {
      return "";
    }
    return form.remark().isEmpty()
        ? " Nothing of what you filled in has been recorded."
        : " Of what you filled in your remark has been kept, and nothing else.";
  }

  private static String tooLate(SalesTask task, String me) {
    if (task.withdrawn()) {
      return "This is no longer there to be done: the lead has bought by themselves, its time was"
          + " up, or the flow went another way.";
    }
    @Nullable String has = task.assignee();
    if (has == null) {
      return "Somebody else was faster.";
    }
    if (has.equals(me)) {
      return "You have done this already.";
    }
    return task.open()
        ? has + " was faster, and has it now."
        : has + " was faster, and has taken it.";
  }

  private String problem(int status, String words, Visit visit, OutcomeForm form) {
    visit.response().setStatus(status);
    return view.task(visit.task(), Optional.of(visit.me()), form, words, visit.model());
  }

  private Optional<Salesperson> me(HttpServletRequest request) {
    SameOrigin.require(request);
    return whoAmI.of(request);
  }

  private static String introduce(String key) {
    return "redirect:/sales/me?then=/sales/" + key;
  }

  private SalesTask find(String key) {
    return SalesPages.key(key).flatMap(tasks::find).orElseThrow(() -> SalesPages.unknown(key));
  }
}
