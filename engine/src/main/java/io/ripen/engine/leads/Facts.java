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
 *           segments (their ids), known (whether there is a way to reach them), onSite, email,
 *           phone, firstName, lastName, locale, timeZone, visits, pageViews, readingSeconds,
 *           firstSeenAt, lastSeenAt, daysAway, openCarts, orders, lastOrderAt, traits, firstSource,
 *           lastSource, answers (by question), consents (by channel, then by purpose: true or
 *           false, as the gate has it)
 *       <li>{@code cart}, if the flow is about one: id, shopId, state ({@code open}, {@code
 *           ordered}, {@code emptied}), currency, total, url, itemCount, items, openedAt,
 *           updatedAt; each item: productId, sku, name, brand, variant, category, price, quantity,
 *           url, imageUrl
 *       <li>{@code order}, the one that the flow is about or else the lead's newest, if any: id,
 *           shopId, state, currency, total, items, placedAt
 *       <li>{@code event}, the one that started the flow, if one did: name, page (url, path, title
 *           …), properties
 *     </ul>
 *     Numbers are {@link java.math.BigDecimal}, times {@link java.time.ZonedDateTime}, what is
 *     unknown is null.
 */
public record Facts(UUID leadId, Person person, Map<String, @Nullable Object> tree) {

  /**
   * How to reach and address somebody.
   *
   * @param messenger their contact in a messenger, as the site or the messenger told it: {@code
   *     telegram:ID}, {@code whatsapp:NUMBER} or {@code messenger:ID} of Facebook's
   * @param push the lead's id, if a browser of theirs takes notifications
   * @param regionZone the time zone of the addresses that they come from, a guess where {@code
   *     timeZone} is not told
   * @param onSite whether they did something on a site of ours just now
   */
  public record Person(
      @Nullable String email,
      @Nullable String phone,
      @Nullable String messenger,
      @Nullable String push,
      @Nullable String firstName,
      @Nullable String locale,
      @Nullable String timeZone,
      @Nullable String regionZone,
      boolean onSite) {

    /** One of whom no address tells a region. */
    public Person(
        @Nullable String email,
        @Nullable String phone,
        @Nullable String messenger,
        @Nullable String push,
        @Nullable String firstName,
        @Nullable String locale,
        @Nullable String timeZone,
        boolean onSite) {
      this(email, phone, messenger, push, firstName, locale, timeZone, null, onSite);
    }
  }
}
