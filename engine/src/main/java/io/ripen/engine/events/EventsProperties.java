package io.ripen.engine.events;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How events travel.
 *
 * @param partitions into how many partitions a new topic is split: the most consumers that can
 *     share the work
 * @param ackTimeout how long Kafka may take to acknowledge an event before it counts as not taken
 */
@ConfigurationProperties("ripen.events")
record EventsProperties(
    @DefaultValue("6") int partitions, @DefaultValue("10s") Duration ackTimeout) {}
