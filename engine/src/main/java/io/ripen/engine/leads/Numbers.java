package io.ripen.engine.leads;

import io.ripen.engine.contacts.PhoneNumber;
import io.ripen.engine.events.Event;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the phone number that an event tells as E.164, before anybody keeps it: what is kept stays
 * the same when a site says another country. What is no number stays as it was told. Safe for use
 * by many threads.
 */
final class Numbers {

  private final Function<String, Optional<String>> countries;

  /**
   * @param countries whose numbers are written without a country's code, by the name of the site
   */
  Numbers(Function<String, Optional<String>> countries) {
    this.countries = countries;
  }

  void spell(Event event) {
    ObjectNode traits = Traits.of(event);
    if (traits != null) {
      spell(traits, event.site());
    }
  }

  private void spell(ObjectNode traits, String site) {
    String told = Shopping.firstText(traits, Traits.PHONE);
    if (told != null) {
      PhoneNumber.e164(told, countries.apply(site).orElse(null))
          .ifPresent(number -> traits.put(Traits.PHONE, number));
    }
  }
}
