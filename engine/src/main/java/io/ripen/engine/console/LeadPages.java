package io.ripen.engine.console;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The list of leads, and one lead's story. */
@Controller
@Profile("engine")
@RequestMapping("/leads")
class LeadPages {

  private static final int PAGE = 50;

  private final LeadsJdbc leads;
  private final LeadCardJdbc cards;
  private final TimelineJdbc timelines;

  LeadPages(LeadsJdbc leads, LeadCardJdbc cards, TimelineJdbc timelines) {
    this.leads = leads;
    this.cards = cards;
    this.timelines = timelines;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "") String before,
      Model model) {
    String search = q.strip();
    List<LeadSummary> found = leads.find(search, Cursor.parse(before), PAGE + 1);
    List<LeadSummary> shown = found.subList(0, Math.min(PAGE, found.size()));
    model.addAttribute("q", search);
    model.addAttribute("leads", shown);
    model.addAttribute("first", before.isEmpty());
    model.addAttribute("next", found.size() > PAGE ? after(shown.getLast()) : null);
    return "console/leads";
  }

  @GetMapping("/{id}")
  String lead(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String before,
      Model model) {
    UUID asked = leadId(id);
    UUID survivor = leads.survivor(asked).orElseThrow(() -> unknown(id));
    if (!survivor.equals(asked)) {
      return "redirect:/leads/" + survivor;
    }
    LeadCard card = cards.find(survivor).orElseThrow(() -> unknown(id));
    model.addAttribute("lead", card);
    story(card.id(), kind, before, model);
    return "console/lead";
  }

  /** More lines for the page that is open already. */
  @GetMapping("/{id}/timeline")
  String timeline(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String before,
      Model model) {
    story(leadId(id), kind, before, model);
    return "console/timeline :: lines";
  }

  private void story(UUID leadId, String kind, String before, Model model) {
    List<TimelineKind> kinds = kind.isEmpty() ? List.of() : List.of(TimelineKind.named(kind));
    model.addAttribute("kinds", TimelineKind.values());
    model.addAttribute("kind", kind);
    model.addAttribute("timeline", timelines.read(leadId, kinds, Cursor.parse(before), PAGE));
  }

  static UUID leadId(String id) {
    return LeadsJdbc.uuid(id).orElseThrow(() -> unknown(id));
  }

  static NotFound unknown(String id) {
    return new NotFound("there is no lead " + id);
  }

  private static String after(LeadSummary last) {
    return new Cursor(last.lastSeenAt(), 0, last.id().toString()).toString();
  }
}
