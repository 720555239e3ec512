package io.ripen.engine.console;

import io.ripen.engine.flows.FlowsToCome;
import io.ripen.engine.monitoring.FlowStatistics.Version;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;

/** The list of flows, and one flow's diagram with what happens in it. */
@Controller
@Profile("engine")
class FlowPages {

  private final Flows flows;
  private final FlowSplits splits;
  private final FlowsToCome coming;

  FlowPages(Flows flows, FlowSplits splits, FlowsToCome coming) {
    this.flows = flows;
    this.splits = splits;
    this.coming = coming;
  }

  @GetMapping("/")
  String home() {
    return "redirect:/flows";
  }

  @GetMapping("/flows")
  String list(Model model) {
    // Before those that are there: one that comes between is listed, not missed.
    List<String> toCome = new ArrayList<>(coming.ids());
    List<FlowSummary> all = flows.all();
    toCome.removeAll(all.stream().map(FlowSummary::id).toList());
    model.addAttribute("flows", all);
    model.addAttribute("toCome", toCome);
    model.addAttribute("isZeebeAway", coming.isZeebeAway());
    return "console/flows";
  }

  @GetMapping("/flows/{id}")
  String flow(@PathVariable String id, @RequestParam @Nullable Integer version, Model model) {
    List<Version> versions = flows.versions(id);
    Version shown = Flows.choose(versions, version);
    model.addAttribute("versions", versions);
    model.addAttribute("splits", splits.of(shown));
    numbers(shown, model);
    return "console/flow";
  }

  /** The results of the page that is open already; they change slowly, and take longer to count. */
  @GetMapping("/flows/{id}/splits")
  String splits(@PathVariable String id, @RequestParam @Nullable Integer version, Model model) {
    model.addAttribute("splits", splits.of(Flows.choose(flows.versions(id), version)));
    return "console/splits :: splits";
  }

  /** The numbers of the page that is open already. */
  @GetMapping("/flows/{id}/numbers")
  String numbers(@PathVariable String id, @RequestParam @Nullable Integer version, Model model) {
    numbers(Flows.choose(flows.versions(id), version), model);
    return "console/numbers :: numbers";
  }

  @GetMapping(value = "/flows/{id}/bpmn", produces = "application/xml;charset=UTF-8")
  @ResponseBody
  String bpmn(@PathVariable String id, @RequestParam @Nullable Integer version) {
    return flows.xml(Flows.choose(flows.versions(id), version));
  }

  private void numbers(Version shown, Model model) {
    model.addAttribute("flow", shown);
    model.addAttribute("deployed", Moment.of(shown.deployedAt()));
    model.addAttribute("counts", flows.counts(shown));
    model.addAttribute("incidents", flows.incidents(shown));
  }
}
