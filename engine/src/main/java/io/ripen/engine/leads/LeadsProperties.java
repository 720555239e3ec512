package io.ripen.engine.leads;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events become facts.
 *
 * @param newVisitAfter the pause after which the same person's next page begins another visit
 * @param consumers how many partitions of the topic are read side by side
 * @param batch the most events that are worked on in one transaction
 */
@ConfigurationProperties("ripen.leads")
record LeadsProperties(
    @DefaultValue("30m") Duration newVisitAfter,
    @DefaultValue("2") int consumers,
    @DefaultValue("2000") int batch) {}
