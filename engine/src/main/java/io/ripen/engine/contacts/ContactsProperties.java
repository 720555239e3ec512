package io.ripen.engine.contacts;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How addresses are looked at that somebody tells.
 *
 * @param checkDomains whether the domain name system is asked if an e-mail address can be reached
 * @param dnsTimeout how long it is waited for; then the address is believed
 */
@ConfigurationProperties("ripen.contacts")
record ContactsProperties(
    @DefaultValue("true") boolean checkDomains, @DefaultValue("2s") Duration dnsTimeout) {}
