package io.ripen.engine.signals;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How signals reach Zeebe.
 *
 * @param poll how often to look for signals that another process left behind; our own leave at once
 * @param window the most signals on their way to Zeebe at a time, of this process
 * @param attempts how often a signal that Zeebe refuses is tried before it is given up as dead
 */
@ConfigurationProperties("ripen.signals")
record SignalsProperties(
    @DefaultValue("500ms") Duration poll,
    @DefaultValue("512") int window,
    @DefaultValue("5") int attempts) {}
