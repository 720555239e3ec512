package io.ripen.benchmarks;

import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Leads whom nobody has written to yet and who are on the site, each with a cart, consent to
 * everything and an address for every channel. They are numbered.
 */
final class TouchLeads {

  private static final String LEAD = id("9");
  private static final String CART = id("a");
  private static final String EMAIL = "'touch-' || n || '@example.com'";
  private static final String PHONE = "'+3620' || lpad(n::text, 7, '0')";

  private static final String LEADS =
      """
      insert into lead (id, stage, email, phone, first_name, locale, time_zone, traits, visits,
        page_views, first_seen_at, last_seen_at)
      select %s, 'LEAD', %s, %s, 'Anna',
        'en', 'Europe/Budapest', case ? when 'telegram' then
          jsonb_build_object('telegram', (100000 + n)::text) when 'whatsapp' then
          jsonb_build_object('whatsapp', '+3630' || lpad(n::text, 7, '0')) when 'messenger' then
          jsonb_build_object('messenger', (100000 + n)::text) else '{}' end,
        3, 9, now() - interval '90 days', now()
      from generate_series(?, ?) n
      """
          .formatted(LEAD, EMAIL, PHONE);

  private static final List<String> REST =
      List.of(
          """
          insert into lead_identity (kind, value, lead_id, since)
          select 'anonymous', 'touch-' || n, %s, now() from generate_series(?, ?) n
          """
              .formatted(LEAD),
          """
          insert into consent (lead_id, channel, purpose, granted, changed_at, proof, address)
          select %s, channel, 'marketing', true, now() - interval '90 days', '{}',
            md5(lower(case channel when 'email' then %s when 'sms' then %s end))
          from generate_series(?, ?) n, unnest(array['email', 'sms', 'messenger', 'push']) channel
          """
              .formatted(LEAD, EMAIL, PHONE),
          """
          insert into cart (id, lead_id, site, state, currency, total, url, items, opened_at,
            updated_at)
          select %s, %s, 'shop', 'open', 'EUR', 48, 'https://shop.example/cart',
            '[{"productId": "7", "name": "Juniper mug", "price": 24, "quantity": 2,
               "url": "https://shop.example/p/7"}]', now() - interval '1 day',
            now() - interval '1 day'
          from generate_series(?, ?) n
          """
              .formatted(CART, LEAD));

  /** Messenger takes nothing for who has not written within a day. */
  private static final String WROTE =
      """
      insert into event (message_id, lead_id, type, name, occurred_at, received_at, site,
        properties, context)
      select 'ripen:in.touch-' || n, %s, 'track', 'Message Replied', at, at, 'shop',
        jsonb_build_object('contact', md5('messenger:' || (100000 + n))), '{}'
      from generate_series(?, ?) n, (values (now() - interval '1 hour')) as times (at)
      """
          .formatted(LEAD);

  private static final String SUBSCRIPTIONS =
      """
      insert into push_subscription (endpoint, browser, p256dh, auth, server_key, site,
        subscribed_at)
      select ? || n, 'touch-' || n, ?, ?, ?, 'shop', now() from generate_series(?, ?) n
      """;

  private static final String HISTORY =
      """
      insert into touch (key, lead_id, channel, purpose, flow, flow_version, element_id,
        process_instance_key, message, priority, state, attempts, planned_at, handed_over_at,
        settled_at, sent_to)
      select (1::bigint << 61) + n * 100 + i, %s,
        case i %% 2 when 0 then 'sms' else 'email' end, 'marketing', 'nurturing', 1,
        'serviceTask_' || i, n, 'article-' || i, 'normal', 'accepted', 1, at, at, at,
        md5(lower(case i %% 2 when 0 then %s else %s end))
      from generate_series(?, ?) n, generate_series(1, ?) i,
        lateral (values (now() - i * interval '3 days')) as times (at)
      """
          .formatted(LEAD, PHONE, EMAIL);

  private static final List<String> TABLES =
      List.of("lead", "lead_identity", "consent", "cart", "push_subscription", "touch", "event");

  private final Database database;
  private final Browser browser;
  private int stored;

  /**
   * What all of them use.
   *
   * @param endpoint at its push service; what follows is different for each lead
   */
  record Browser(URI endpoint, String p256dh, String auth, String serverKey) {}

  TouchLeads(Database database, Browser browser) throws SQLException {
    this.database = database;
    this.browser = browser;
    this.stored =
        Math.toIntExact(
            database.number("select count(*) from lead_identity where value like 'touch-%'"));
  }

  /**
   * Stores so many more.
   *
   * @param messenger the one that they have opened to us; those of Facebook wrote an hour ago
   * @return the first one's number
   */
  int store(int count, String messenger) throws SQLException {
    int first = stored + 1;
    stored += count;
    database.update(LEADS, messenger, first, stored);
    for (String sql : REST) {
      database.update(sql, first, stored);
    }
    if (messenger.equals(TouchChannel.FACEBOOK.messenger())) {
      database.update(WROTE, first, stored);
    }
    database.update(
        SUBSCRIPTIONS,
        browser.endpoint().toString(),
        browser.p256dh(),
        browser.auth(),
        browser.serverKey(),
        first,
        stored);
    for (String table : TABLES) {
      database.update("vacuum analyze " + table);
    }
    return first;
  }

  /** Gives each of the leads a past: touches by e-mail and SMS, each some days older. */
  void remember(int first, int count, int touches) throws SQLException {
    database.update(HISTORY, first, first + count - 1, touches);
    database.update("vacuum analyze touch");
  }

  static UUID lead(int number) {
    return UUID.fromString("00000000-0000-7000-9000-%012x".formatted(number));
  }

  static UUID cart(int number) {
    return UUID.fromString("00000000-0000-7000-a000-%012x".formatted(number));
  }

  private static String id(String kind) {
    return "('00000000-0000-7000-%s000-' || lpad(to_hex(n), 12, '0'))::uuid".formatted(kind);
  }
}
