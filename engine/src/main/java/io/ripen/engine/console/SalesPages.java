package io.ripen.engine.console;

import io.ripen.engine.console.SalesFilter.Show;
import io.ripen.engine.sales.Outcome;
import io.ripen.engine.sales.Salespeople.Salesperson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sales inbox: the list of tasks, and one task with its lead's story. */
@Controller
@Profile("engine")
@RequestMapping("/sales")
class SalesPages {

  private static final int MOST = 200;

  private final SalesJdbc tasks;
  private final SalesView view;
  private final WhoAmI whoAmI;

  SalesPages(SalesJdbc tasks, SalesView view, WhoAmI whoAmI) {
    this.tasks = tasks;
    this.view = view;
    this.whoAmI = whoAmI;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String closed,
      @RequestParam(defaultValue = "") String outcome,
      HttpServletRequest request,
      Model model) {
    fill(show, q, request, model);
    model.addAttribute("closed", closed(closed));
    model.addAttribute("outcome", Outcome.named(outcome).map(Outcome::label).orElse(""));
    return "console/sales";
  }

  /** The lines of the page that is open already. */
  @GetMapping("/list")
  String lines(
      @RequestParam(defaultValue = "") String show,
      @RequestParam(defaultValue = "") String q,
      HttpServletRequest request,
      Model model) {
    fill(show, q, request, model);
    return "console/sales-list :: list";
  }

  /** A task; one that is done leads to the next of the same run, where there is one. */
  @GetMapping("/{key:[0-9]{1,19}}")
  String task(@PathVariable String key, HttpServletRequest request, Model model) {
    SalesTask task = find(key);
    if (!task.open()) {
      Optional<Long> next = tasks.openOf(task.instanceKey());
      if (next.isPresent()) {
        return "redirect:/sales/" + next.get();
      }
    }
    return view.task(task, whoAmI.of(request), OutcomeForm.EMPTY, null, model);
  }

  /** Whether the flow has come to its next task; then the page goes there. */
  @GetMapping("/{key:[0-9]{1,19}}/next")
  void next(@PathVariable String key, HttpServletResponse response) {
    Optional<Long> next = tasks.openOf(find(key).instanceKey());
    next.ifPresent(found -> response.setHeader("HX-Redirect", "/sales/" + found));
    response.setStatus(
        next.isPresent() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_NO_CONTENT);
  }

  private void fill(String show, String q, HttpServletRequest request, Model model) {
    Optional<Salesperson> me = whoAmI.of(request);
    Show shown = show.isEmpty() ? (me.isPresent() ? Show.TEAM : Show.ALL) : Show.named(show);
    SalesFilter filter =
        new SalesFilter(
            shown,
            q.strip(),
            me.map(Salesperson::name).orElse(null),
            me.map(Salesperson::team).orElse(null));
    List<SalesTask> found = tasks.open(filter, MOST + 1);
    model.addAttribute("me", me.orElse(null));
    model.addAttribute("q", filter.search());
    model.addAttribute("show", shown);
    model.addAttribute("shows", Show.values());
    model.addAttribute("counts", tasks.counts(filter));
    model.addAttribute("more", found.size() > MOST);
    model.addAttribute("tasks", found.subList(0, Math.min(MOST, found.size())));
  }

  private String closed(String key) {
    return key.matches("[0-9]{1,18}")
        ? tasks.find(Long.parseLong(key)).map(SalesTask::title).orElse("")
        : "";
  }

  private SalesTask find(String key) {
    return key(key).flatMap(tasks::find).orElseThrow(() -> unknown(key));
  }

  /** The key, unless it is larger than any. */
  static Optional<Long> key(String key) {
    try {
      return Optional.of(Long.parseLong(key));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static NotFound unknown(String key) {
    return new NotFound("there is no task " + key);
  }
}
