package io.ripen.engine.geo;

import java.io.File;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where addresses are.
 *
 * @param database a file in MaxMind's format that tells the time zones of addresses; without it
 *     nobody's region is known
 */
@ConfigurationProperties("ripen.geo")
record GeoProperties(@Nullable File database) {}
