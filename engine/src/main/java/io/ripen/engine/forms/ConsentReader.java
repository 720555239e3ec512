package io.ripen.engine.forms;

import static io.ripen.engine.forms.FormReader.id;

import io.ripen.engine.consents.Agreement;
import io.ripen.engine.consents.DoubleOptIn;
import io.ripen.engine.forms.FieldReader.Problems;
import io.ripen.engine.forms.Part.Input;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a tick allows. Nothing of it is guessed: a slip of the pen must not make a yes out of
 * what had to be confirmed.
 */
final class ConsentReader {

  /** The custom property that makes a tick a consent. */
  static final String CONSENT = "consent";

  /** All that say something of it. */
  static final Set<String> PROPERTIES = Set.of(CONSENT, "channel", "doubleOptIn");

  private final Problems problems;

  ConsentReader(Problems problems) {
    this.problems = problems;
  }

  /** The consent; null where the field asks for none. */
  @Nullable Consent read(
      JsonNode component, Input input, Map<String, String> properties, String initial) {
    String purpose = properties.get(CONSENT);
    if (purpose == null) {
      checkNone(component, input, properties.keySet());
      return null;
    }
    if (input != Input.CHECKBOX) {
      problems.add(
          id(component),
          "a consent is asked for by something else than a checkbox",
          "use a checkbox");
    }
    if (Boolean.parseBoolean(initial)) {
      problems.add(
          id(component),
          "the consent is ticked beforehand",
          "leave it empty: nobody agrees by doing nothing");
    }
    String channel = properties.getOrDefault("channel", "email");
    boolean doubleOptIn = doubleOptIn(component, properties.getOrDefault("doubleOptIn", "false"));
    check(component, new Consent(channel, purpose, doubleOptIn));
    return new Consent(channel, purpose, doubleOptIn);
  }

  private void checkNone(JsonNode component, Input input, Set<String> told) {
    if (input == Input.CHECKBOX && told.stream().anyMatch(PROPERTIES::contains)) {
      problems.add(
          id(component),
          "it says how a consent is asked for, and not for what",
          "add the custom property consent, such as consent: marketing");
    }
  }

  private boolean doubleOptIn(JsonNode component, String told) {
    if (!told.equals("true") && !told.equals("false")) {
      problems.add(
          id(component),
          "its doubleOptIn is '%s'".formatted(told),
          "write true, or false where the tick alone is the consent");
    }
    return told.equals("true");
  }

  private void check(JsonNode component, Consent consent) {
    Optional<String> expected = Agreement.expected(consent.channel(), consent.purpose());
    if (expected.isPresent()) {
      problems.add(
          id(component),
          "it asks for consent to '%s' by '%s'".formatted(consent.purpose(), consent.channel()),
          "use " + expected.get());
    } else if (consent.doubleOptIn()
        && DoubleOptIn.of(consent.channel(), consent.purpose()).isEmpty()) {
      problems.add(
          id(component),
          "double opt-in is asked for '%s' by '%s'".formatted(consent.purpose(), consent.channel()),
          "use it with consent: newsletter by e-mail, or consent: marketing and channel: sms, or take"
              + " doubleOptIn away");
    }
  }
}
