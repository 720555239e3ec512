package io.ripen.engine.tracking;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the door takes events.
 *
 * @param leaveOutBots whether events of browsers that say they are programs are answered and let go
 */
@ConfigurationProperties("ripen.tracking")
record TrackingProperties(@DefaultValue("true") boolean leaveOutBots) {}
