package io.ripen.engine.onsite;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Popups and chats.
 *
 * @param mostWindows how many windows of visitors one engine keeps a line open to at most
 */
@ConfigurationProperties("ripen.on-site")
record OnSiteProperties(@DefaultValue("10000") int mostWindows) {}
