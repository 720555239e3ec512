package io.ripen.engine.events;

/** The Kafka topics that events travel on. */
public final class EventTopics {

  /** What happened, as JSON; keyed so that one person's events stay in order. */
  public static final String EVENTS = "ripen.events";

  /** The group of those who apply events. */
  public static final String READERS = "ripen-leads";

  /** Events that could not be taken, as they came, with the reason in their headers. */
  public static final String DEAD = "ripen.events.dead";

  /** Changes of leads' stages, as JSON without anybody's name; keyed by the lead. */
  public static final String LEAD_CHANGES = "ripen.lead-changes";

  private EventTopics() {}
}
