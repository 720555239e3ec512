package io.ripen.engine.content;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.Map;
import liqp.TemplateContext;
import liqp.filters.Filter;
import liqp.filters.Filters;
import org.jspecify.annotations.Nullable;

/**
 * The filter {@code date}: {@code short}, {@code medium}, {@code long} and {@code full} as the
 * message's language writes days, or a pattern of strftime ({@code %d.%m.%Y}) as in any Liquid; in
 * the lead's own time zone where it is known.
 */
final class Dates extends Filter {

  private static final Map<String, FormatStyle> STYLES =
      Map.of(
          "short", FormatStyle.SHORT,
          "medium", FormatStyle.MEDIUM,
          "long", FormatStyle.LONG,
          "full", FormatStyle.FULL);

  private final Filter strftime = Filters.DEFAULT_FILTERS.get("date");

  Dates() {
    super("date");
  }

  @Override
  public @Nullable Object apply(@Nullable Object value, TemplateContext context, Object... params) {
    if (value == null) {
      return null;
    }
    String format = params.length == 0 ? "medium" : String.valueOf(params[0]);
    if (!(value instanceof TemporalAccessor time)) {
      throw new LiquidFailure(
          0, "date is given no point in time", "give it one, such as cart.updatedAt");
    }
    return STYLES.containsKey(format)
        ? format(time, format, context)
        : strftime.apply(local(time, context), context, format);
  }

  static String format(TemporalAccessor time, String style, TemplateContext context) {
    FormatStyle formatStyle = STYLES.getOrDefault(style, FormatStyle.MEDIUM);
    Locale locale = context.getParser().locale;
    return DateTimeFormatter.ofLocalizedDate(formatStyle)
        .withLocale(locale)
        .format(local(time, context));
  }

  private static TemporalAccessor local(TemporalAccessor time, TemplateContext context) {
    if (time instanceof LocalDate || !(time instanceof ZonedDateTime zoned)) {
      return time;
    }
    if (context.get("lead") instanceof Map<?, ?> lead
        && lead.get("timeZone") instanceof String id) {
      try {
        return zoned.withZoneSameInstant(ZoneId.of(id));
      } catch (DateTimeException e) {
        return zoned;
      }
    }
    return zoned;
  }
}
