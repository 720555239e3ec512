package io.ripen.engine.leads;

import io.ripen.engine.scoring.Score;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.PessimisticLockingFailureException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Between rows and what a batch works on. */
final class Rows {

  private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

  private Rows() {}

  static LeadState lead(ResultSet row) throws SQLException {
    var lead =
        new LeadState(uuid(row, "id"), instant(row, "first_seen_at"), instant(row, "last_seen_at"));
    lead.stage = Stage.valueOf(row.getString("stage"));
    lead.toldStage = lead.stage;
    lead.points.know(new Score(row.getDouble("score"), perhaps(row, "score_at")));
    lead.toldScore = lead.points.score();
    lead.email = row.getString("email");
    lead.phone = row.getString("phone");
    lead.firstName = row.getString("first_name");
    lead.lastName = row.getString("last_name");
    lead.locale = row.getString("locale");
    lead.timeZone = row.getString("time_zone");
    lead.regionZone = row.getString("region_zone");
    lead.traits = row.getString("traits");
    lead.traitsAt = row.getString("traits_at");
    lead.answers = row.getString("answers");
    lead.backAt = perhaps(row, "back_at");
    lead.visits = row.getInt("visits");
    lead.pageViews = row.getLong("page_views");
    lead.readingSeconds = row.getLong("reading_seconds");
    lead.firstSource = row.getString("first_source");
    lead.lastSource = row.getString("last_source");
    lead.firstSourceAt = perhaps(row, "first_source_at");
    lead.lastSourceAt = perhaps(row, "last_source_at");
    return lead;
  }

  static CartState cart(ResultSet row, LeadState lead) throws SQLException {
    var cart =
        new CartState(
            uuid(row, "id"),
            lead,
            row.getString("site"),
            row.getString("shop_id"),
            instant(row, "opened_at"));
    cart.state = row.getString("state");
    cart.currency = row.getString("currency");
    cart.url = row.getString("url");
    cart.items = items(row.getString("items"));
    cart.updatedAt = instant(row, "updated_at");
    cart.contentAt = perhaps(row, "content_at");
    return cart;
  }

  static OrderState order(ResultSet row) throws SQLException {
    var order =
        new OrderState(
            uuid(row, "id"),
            uuid(row, "lead_id"),
            new OrderState.Key(row.getString("site"), row.getString("shop_id")),
            instant(row, "placed_at"));
    order.cartId = row.getObject("cart_id", UUID.class);
    order.cartShopId = row.getString("cart_shop_id");
    order.state = row.getString("state");
    order.currency = row.getString("currency");
    order.total = Objects.requireNonNullElse(row.getBigDecimal("total"), BigDecimal.ZERO);
    order.items = items(row.getString("items"));
    order.updatedAt = instant(row, "updated_at");
    return order;
  }

  static List<Item> items(String json) {
    return JsonMapper.shared().readValue(json, ITEMS);
  }

  static String json(List<Item> items) {
    return JsonMapper.shared().writeValueAsString(items);
  }

  /** One column of many rows, as an array for {@code unnest}. */
  static <T> @Nullable String[] column(Collection<T> rows, Function<T, @Nullable Object> value) {
    var column = new @Nullable String[rows.size()];
    int i = 0;
    for (T row : rows) {
      Object each = value.apply(row);
      column[i++] = each == null ? null : each.toString();
    }
    return column;
  }

  static UUID uuid(ResultSet row, int column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** A batch that read what another one was about to change has to read again. */
  static PessimisticLockingFailureException changedMeanwhile(String what) {
    return new PessimisticLockingFailureException(what + " was changed by another batch meanwhile");
  }

  private static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static @Nullable Instant perhaps(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
