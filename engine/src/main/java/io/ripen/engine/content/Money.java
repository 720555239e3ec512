package io.ripen.engine.content;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/** The filter {@code money}: {@code {{ cart.total | money: cart.currency }}}. */
final class Money extends Filter {

  /** Their small change is out of use (CLDR's cash digits), so whole amounts go without. */
  private static final Set<String> WITHOUT_CHANGE = Set.of("CZK", "HUF", "NOK", "SEK", "TWD");

  Money() {
    super("money");
  }

  @Override
  public @Nullable Object apply(
      @Nullable Object value, TemplateContext context, @Nullable Object... params) {
    if (value == null || value.toString().isEmpty()) {
      return null;
    }
    Object currency = params.length == 0 ? null : params[0];
    return format(amount(value), currency == null ? "" : currency.toString(), context);
  }

  private static BigDecimal amount(Object value) {
    try {
      return new BigDecimal(value.toString());
    } catch (NumberFormatException e) {
      throw new LiquidFailure(0, "money is given no number", "give it one, such as cart.total");
    }
  }

  private static String format(BigDecimal amount, String code, TemplateContext context) {
    Locale locale = context.getParser().locale;
    Currency currency = currency(code);
    if (currency == null) {
      NumberFormat plain = NumberFormat.getNumberInstance(locale);
      plain.setMinimumFractionDigits(Math.min(2, Math.max(0, amount.scale())));
      return (plain.format(amount) + " " + code).strip();
    }
    NumberFormat format = NumberFormat.getCurrencyInstance(locale);
    format.setCurrency(currency);
    boolean whole = amount.stripTrailingZeros().scale() <= 0;
    int digits =
        whole && WITHOUT_CHANGE.contains(code)
            ? 0
            : Math.max(0, currency.getDefaultFractionDigits());
    format.setMinimumFractionDigits(digits);
    format.setMaximumFractionDigits(digits);
    return format.format(amount);
  }

  private static @Nullable Currency currency(String code) {
    try {
      return Currency.getInstance(code);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
