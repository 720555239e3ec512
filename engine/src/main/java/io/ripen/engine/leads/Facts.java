package io.ripen.engine.leads;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a lead at one moment.
 *
 * @param leadId the lead itself, after every merge
 * @param tree what conditions (FEEL) and templates (Liquid) read, by the same names in both:
 *     <ul>
 *       <li>{@code lead}: id, stage, score, temperature ({@code cold}, {@code warm}, {@code hot}),
 *           email, phone, firstName, lastName, locale, timeZone, visits, pageViews, firstSeenAt,
 *           lastSeenAt, traits, firstSource, lastSource
 *       <li>{@code cart}, if asked for: id, shopId, state ({@code open}, {@code ordered}, {@code
 *           emptied}), currency, total, url, itemCount, items, openedAt, updatedAt; each item:
 *           productId, sku, name, brand, variant, category, price, quantity, url, imageUrl
 *       <li>{@code order}, the lead's newest, if any: id, shopId, state, currency, total, items,
 *           placedAt
 *     </ul>
 *     Numbers are {@link java.math.BigDecimal}, times {@link java.time.ZonedDateTime}, what is
 *     unknown is null.
 */
public record Facts(
    UUID leadId,
    @Nullable String email,
    @Nullable String firstName,
    @Nullable String locale,
    @Nullable String timeZone,
    Map<String, @Nullable Object> tree) {}
