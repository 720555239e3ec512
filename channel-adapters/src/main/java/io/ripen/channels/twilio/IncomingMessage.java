package io.ripen.channels.twilio;

import io.ripen.channels.Inbound;
import io.ripen.channels.Inbound.AskedForHelp;
import io.ripen.channels.Inbound.OptedIn;
import io.ripen.channels.Inbound.OptedOut;
import io.ripen.channels.Inbound.Said;
import io.ripen.channels.Keywords;
import io.ripen.channels.Keywords.Keyword;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a person wrote to us.
 *
 * @param sid Twilio's id of the message
 * @param isHelpSet whether we answer who asks for help
 */
record IncomingMessage(Form form, String sid, String from, Instant at, boolean isHelpSet) {

  List<Inbound> read() {
    Optional<Keyword> keyword = keyword();
    if (keyword.filter(k -> k == Keyword.STOP).isPresent()) {
      return List.of(new OptedOut(id("stop"), at, channel(), from, text()));
    }
    if (keyword.filter(k -> k == Keyword.START).isPresent()) {
      OptedIn in = new OptedIn(id("start"), at, channel(), from, text());
      // A yes may be the answer to a question, too.
      return !isTwilios() && Keywords.isYes(text()) ? List.of(in, said()) : List.of(in);
    }
    // Where no program answers, a person has to.
    if (keyword.filter(k -> k == Keyword.HELP).isPresent() && (isTwilios() || isHelpSet)) {
      return List.of(new AskedForHelp(id("help"), at, channel(), from, text()));
    }
    return List.of(said());
  }

  /** Whether they ask for help that Twilio has not given. */
  boolean isCallForHelp() {
    return !isTwilios() && keyword().filter(k -> k == Keyword.HELP).isPresent();
  }

  /** Twilio knows the keywords of our messaging service, and has answered them. */
  private boolean isTwilios() {
    return form.get("OptOutType").isPresent();
  }

  private Optional<Keyword> keyword() {
    return switch (form.get("OptOutType").orElse("").toUpperCase(Locale.ROOT)) {
      case "STOP" -> Optional.of(Keyword.STOP);
      case "START" -> Optional.of(Keyword.START);
      case "HELP" -> Optional.of(Keyword.HELP);
      default -> Keywords.in(text());
    };
  }

  private Said said() {
    return new Said(
        id("said"),
        at,
        channel(),
        from,
        text(),
        form.get("OriginalRepliedMessageSid").orElse(null));
  }

  private String channel() {
    return from.startsWith(TwilioWhatsApp.SCHEME) || from.startsWith(TwilioFacebook.SCHEME)
        ? "messenger"
        : "sms";
  }

  private String text() {
    return form.get("Body").orElse("");
  }

  private String id(String what) {
    return "twilio:%s/%s".formatted(sid, what);
  }
}
