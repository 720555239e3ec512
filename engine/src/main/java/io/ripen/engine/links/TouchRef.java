package io.ripen.engine.links;

import java.util.UUID;

/**
 * The touch that a link was sent with: everything that has to be known of it when somebody follows
 * the link, so that no database has to be asked. Ids and names of ours only, no personal data.
 *
 * @param touch the touch's key
 * @param channel for example {@code email}
 * @param purpose for example {@code marketing}
 * @param flow the flow's id
 * @param element the element's id within the flow
 */
public record TouchRef(
    long touch, UUID leadId, String channel, String purpose, String flow, String element) {}
