package io.ripen.engine.privacy;

import static io.ripen.engine.privacy.Holding.ofLeads;
import static io.ripen.engine.privacy.Holding.where;

import io.ripen.engine.privacy.Holding.Fate;
import java.util.List;
import java.util.Map;

/**
 * Every table of the database: what it holds of a person, or why it holds nothing. A test compares
 * this with the database; a new table goes into one of the two lists.
 */
final class Holdings {

  /** In the order in which they are deleted: what refers to others first. */
  static final List<Holding> ALL =
      List.of(
          where("pushSubscriptions", "push_subscription", "t.browser = any(:ids)"),
          ofLeads("shortLinks", "short_link"),
          ofLeads("linkVisits", "link_visit")
              .as(
                  """
                  case when t.event is null then to_jsonb(t)
                    else jsonb_set(to_jsonb(t), '{event}', convert_from(t.event, 'UTF8')::jsonb) end
                  """),
          ofLeads("splits", "split_lead"),
          ofLeads("gateDecisions", "gate_decision"),
          ofLeads("touches", "touch"),
          ofLeads("onSiteMessages", "onsite_message"),
          ofLeads("salesTasks", "user_task"),
          ofLeads("handoffs", "handoff"),
          ofLeads("salesNotes", "sales_note"),
          ofLeads("flowStarts", "flow_start"),
          ofLeads("flowEntries", "flow_entry"),
          where("incidents", "flow_incident", "t.process_instance_key = any(:instances)"),
          where("moves", "flow_move", "t.instance_key = any(:instances)"),
          where("runningSteps", "flow_element_instance", "t.instance_key = any(:instances)")
              .but(Fate.LEFT),
          ofLeads("runningInstances", "flow_instance_lead"),
          ofLeads("signals", "signal"),
          where(
                  "waitingEvents",
                  "event_outbox",
                  """
                  convert_from(t.event, 'UTF8')::jsonb ->> 'leadId' = any(:leads)
                    or convert_from(t.event, 'UTF8')::jsonb ->> 'anonymousId' = any(:ids)
                    or convert_from(t.event, 'UTF8')::jsonb ->> 'userId' = any(:ids)
                  """)
              .as("jsonb_set(to_jsonb(t), '{event}', convert_from(t.event, 'UTF8')::jsonb)"),
          ofLeads("pauses", "pause"),
          ofLeads("consents", "consent"),
          where("suppressions", "suppression", "t.address = any(:addresses)").but(Fate.HASHED),
          ofLeads("orders", "customer_order"),
          ofLeads("carts", "cart"),
          ofLeads("pages", "page_visit"),
          ofLeads("segments", "segment_member"),
          ofLeads("segmentsDue", "segment_due"),
          ofLeads("points", "score_entry"),
          ofLeads("stageChanges", "stage_change"),
          where(
              "merges",
              "lead_merge",
              "t.survivor_id = any(:leads::uuid[]) or t.merged_id = any(:leads::uuid[])"),
          ofLeads("identities", "lead_identity"),
          ofLeads("events", "event"),
          where("leads", "lead", "t.id = any(:leads::uuid[])"));

  /** Tables that hold nothing of anybody, each with the reason. */
  static final Map<String, String> NONE =
      Map.ofEntries(
          Map.entry("score_recompute", "how far a run has come; an id of a lead as a place alone"),
          Map.entry("segment_sweep", "how far a look has come; an id of a lead as a place alone"),
          Map.entry("broadcast", "how far it has come; an id of a lead as a place alone"),
          Map.entry("seed_copy", "which message went to our own addresses on which day"),
          Map.entry("inbound_seen", "hashes of the ids that providers gave to what they told"),
          Map.entry("listening", "when mailbox and bot were heard last"),
          Map.entry("split_test", "what was tried and what came of it, in numbers"),
          Map.entry("flow_version", "drawings of flows"),
          Map.entry("rule_file", "tables of rules"),
          Map.entry("folder_file", "which files lay in the folder with the flows"),
          Map.entry(
              "salesperson",
              "people who work with Ripen, as they themselves said, with the address that they left;"
                  + " they take it out in the inbox, or by being somebody else there"),
          Map.entry("sales_mail", "of which notes they are yet to be told; goes with the note"),
          Map.entry("export_position", "places in Zeebe's stream"),
          Map.entry("read_model", "where the read model comes from"),
          Map.entry("search_place", "how far Camunda's search was read"),
          Map.entry("search_counted", "keys of steps that ended within the last minutes"),
          Map.entry("ended_step", "keys of steps that ended within the last minutes"),
          Map.entry("flow_element_count", "counts"),
          Map.entry("erasure", "who of us asked, counts and times"),
          Map.entry("erased_lead", "random numbers that nothing else knows any more"),
          Map.entry("erased_trace", "keyed hashes"),
          Map.entry("flyway_schema_history", "the versions of this schema"));

  private Holdings() {}
}
