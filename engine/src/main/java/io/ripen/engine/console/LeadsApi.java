package io.ripen.engine.console;

import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Leads and their stories as JSON. */
@RestController
@Profile("engine")
@RequestMapping("/api/leads")
class LeadsApi {

  private static final int MOST = 500;

  private final LeadsJdbc leads;
  private final LeadCardJdbc cards;
  private final TimelineJdbc timelines;
  private final WhyJdbc whys;

  LeadsApi(LeadsJdbc leads, LeadCardJdbc cards, TimelineJdbc timelines, WhyJdbc whys) {
    this.leads = leads;
    this.cards = cards;
    this.timelines = timelines;
    this.whys = whys;
  }

  /** The leads with this address; without one, those that match {@code q}, the last seen first. */
  @GetMapping
  List<LeadSummary> find(
      @RequestParam(defaultValue = "") String email, @RequestParam(defaultValue = "") String q) {
    return email.isBlank() ? leads.find(q.strip(), Cursor.START, 50) : leads.withEmail(email);
  }

  /** What is known of the person, also by the id of a lead that was merged. */
  @GetMapping("/{id}")
  LeadCard lead(@PathVariable String id) {
    return leads
        .survivor(LeadPages.leadId(id))
        .flatMap(cards::find)
        .orElseThrow(() -> LeadPages.unknown(id));
  }

  /** The story of the person, also by the id of a lead that was merged. */
  @GetMapping("/{id}/timeline")
  Timeline timeline(
      @PathVariable String id,
      @RequestParam(defaultValue = "") List<String> kind,
      @RequestParam(defaultValue = "") String before,
      @RequestParam(defaultValue = "100") int limit) {
    UUID leadId = leads.survivor(LeadPages.leadId(id)).orElseThrow(() -> LeadPages.unknown(id));
    List<TimelineKind> kinds = kind.stream().map(TimelineKind::named).toList();
    return timelines.read(leadId, kinds, Cursor.parse(before), Math.clamp(limit, 1, MOST));
  }

  /**
   * Why the person did or did not get messages, also by the id of a lead that was merged.
   *
   * @param flow of this flow only, or empty for all
   */
  @GetMapping("/{id}/why")
  Why why(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String flow,
      @RequestParam(defaultValue = "50") int limit) {
    UUID leadId = leads.survivor(LeadPages.leadId(id)).orElseThrow(() -> LeadPages.unknown(id));
    return whys.read(leadId, flow.strip(), Math.clamp(limit, 1, MOST));
  }
}
