package io.ripen.engine.sales;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who gets a lead.
 *
 * @param salesperson whom it is offered to first; null where nobody of the team takes leads now
 * @param within how long the team has to take it
 */
public record Choice(
    UUID leadId, String team, String teamLeads, @Nullable String salesperson, Duration within) {}
