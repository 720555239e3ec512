package io.ripen.engine.forms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ripen.engine.contacts.EmailAddress;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.events.InvalidEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a form that was sent: it is on Kafka when somebody is thanked for it. Programs are thanked,
 * too, and nothing is kept of theirs.
 */
final class SubmitForm {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitForm.class);

  private final Guards guards;
  private final CheckValues check;
  private final FormEvents events;
  private final EventPublisher publisher;
  private final Clock clock;

  /**
   * What keeps programs out.
   *
   * @param tokens say when a form was shown
   * @param limit says how often one may send
   * @param mail says how often something may be sent for one e-mail address, whoever asks
   * @param texts says how often texts may be asked for with one number, whoever asks
   * @param counts what became of all that was sent
   */
  record Guards(
      FormTokens tokens,
      SenderLimit limit,
      SenderLimit mail,
      SenderLimit texts,
      FormMetrics counts,
      Duration quickest,
      Duration openFor) {}

  SubmitForm(
      Guards guards, CheckValues check, FormEvents events, EventPublisher publisher, Clock clock) {
    this.guards = guards;
    this.check = check;
    this.events = events;
    this.publisher = publisher;
    this.clock = clock;
  }

  Answer submit(LeadForm form, Sent sent, FormWords words) {
    Duration wait = guards.limit().take(sent.address());
    if (!wait.isZero()) {
      return counted("limited", new Answer.TooOften(words.say("many"), wait));
    }
    String thanks = form.submit().thanks();
    var thanked = new Answer.Thanks(thanks == null ? words.say("thanks") : thanks);
    Instant now = clock.instant();
    Optional<Instant> shown = guards.tokens().open(form.name(), sent.ours(Sent.TOKEN));
    if (sent.isTrapped()) {
      return counted("trapped", thanked);
    }
    if (shown.isEmpty()) {
      return counted("forged", thanked);
    }
    Duration open = Duration.between(shown.get(), now);
    if (open.compareTo(guards.quickest()) < 0) {
      return counted("hasty", thanked);
    }
    // Nobody agrees to words that they have not seen, however old the page is.
    if (!sent.isOf(form)) {
      return counted("changed", new Answer.Again(words.say("unknown")));
    }
    if (open.compareTo(guards.openFor()) > 0) {
      return counted("expired", new Answer.Again(words.say("expired")));
    }
    return switch (check.check(form, sent.values(), words)) {
      case Checked.Bad bad -> counted("mended", new Answer.Mend(bad.errors()));
      case Checked.Good good -> {
        Duration rest = rest(form, good.values());
        yield rest.isZero()
            ? keep(form, sent, good.values(), now, words, thanked)
            : counted("limited", new Answer.TooOften(words.say("many"), rest));
      }
    };
  }

  /**
   * Forms send messages to whatever address or number somebody types: nobody is to be flooded by
   * that.
   */
  private Duration rest(LeadForm form, Map<String, List<String>> values) {
    Duration mail = take(guards.mail(), EmailAddress.canonical(first(values, "email")));
    return mail.isZero() && form.asksForTexts(values.keySet())
        ? take(guards.texts(), first(values, LeadForm.PHONE))
        : mail;
  }

  private static String first(Map<String, List<String>> values, String key) {
    return values.getOrDefault(key, List.of("")).getFirst();
  }

  private static Duration take(SenderLimit limit, String address) {
    return address.isEmpty()
        ? Duration.ZERO
        : limit.take(UUID.nameUUIDFromBytes(address.getBytes(UTF_8)).toString());
  }

  private Answer keep(
      LeadForm form,
      Sent sent,
      Map<String, List<String>> values,
      Instant now,
      FormWords words,
      Answer thanked) {
    try {
      publish(events.of(form, sent, values, now));
      return counted("taken", thanked);
    } catch (InvalidEvent e) {
      LOG.warn("The form {} was sent with what no event can hold: {}", form.name(), e.getMessage());
      return counted("refused", new Answer.Mend(Map.of(CheckValues.WHOLE, words.say("failed"))));
    } catch (CompletionException e) {
      LOG.warn("Kafka did not acknowledge a form: {}", String.valueOf(e.getCause()));
      return counted("unavailable", new Answer.Later(words.say("failed")));
    }
  }

  /** One after the other: what was asked for never comes without who asked. */
  private void publish(List<Event> all) {
    for (Event event : all) {
      publisher.publish(event).join();
    }
  }

  private Answer counted(String outcome, Answer answer) {
    guards.counts().count(outcome);
    return answer;
  }
}
