package io.ripen.engine.brokers;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where Zeebe is managed.
 *
 * @param managementAddress of a gateway, such as {@code http://zeebe:9600}; needed for backups
 *     alone
 */
@ConfigurationProperties("ripen.zeebe")
public record BrokersProperties(@Nullable URI managementAddress) {}
