package io.ripen.engine.audience;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How segments are kept.
 *
 * @param settle how long changes of facts may gather before segments follow them
 * @param sweepEvery how often all leads are looked at for what only time has changed
 */
@ConfigurationProperties("ripen.segments")
record AudienceProperties(
    @DefaultValue("1s") Duration settle, @DefaultValue("1h") Duration sweepEvery) {}
