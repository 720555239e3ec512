package io.ripen.channels.twilio;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.Cause;
import io.ripen.channels.Inbound.Delivered;
import io.ripen.channels.Inbound.Priced;
import io.ripen.channels.Inbound.Seen;
import io.ripen.channels.Inbound.Undelivered;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio tells of a message that went out. It tells no time, so it happened when it is told.
 *
 * @param sid Twilio's id of the message
 * @param messageId ours, where the address that was called has it
 */
record StatusReport(Form form, String sid, @Nullable String messageId, Instant at) {

  List<Inbound> read() {
    List<Inbound> inbound = new ArrayList<>();
    status().ifPresent(inbound::add);
    price().ifPresent(inbound::add);
    return inbound;
  }

  private Optional<Inbound> status() {
    return switch (form.get("MessageStatus").orElse("").toLowerCase(Locale.ROOT)) {
      case "delivered" -> Optional.of(new Delivered(id("delivered"), at, sid, messageId));
      case "read" -> Optional.of(new Seen(id("read"), at, sid, messageId));
      case "undelivered", "failed", "canceled" -> Optional.of(undelivered());
      // What is under way says nothing yet.
      default -> Optional.empty();
    };
  }

  private Undelivered undelivered() {
    String code = form.get("ErrorCode").filter(c -> c.matches("\\d{1,6}")).orElse("0");
    Optional<TwilioError> error = TwilioError.of(Integer.parseInt(code));
    return new Undelivered(
        id("undelivered"),
        at,
        sid,
        messageId,
        form.get("To").orElse(null),
        error.flatMap(e -> Optional.ofNullable(e.cause())).orElse(Cause.LOST),
        code,
        error.map(TwilioError::words).orElse("Twilio does not say why in words"));
  }

  private Optional<Inbound> price() {
    Optional<BigDecimal> price = form.get("Price").flatMap(TwilioPrices::amount);
    Optional<Currency> currency = form.get("PriceUnit").flatMap(StatusReport::currency);
    return price.isPresent() && currency.isPresent()
        ? Optional.of(new Priced(id("price"), at, sid, messageId, price.get(), currency.get()))
        : Optional.empty();
  }

  private String id(String what) {
    return "twilio:%s/%s".formatted(sid, what);
  }

  private static Optional<Currency> currency(String code) {
    try {
      return Optional.of(Currency.getInstance(code.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
