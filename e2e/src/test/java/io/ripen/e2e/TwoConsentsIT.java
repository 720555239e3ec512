package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A form that asks for two consents, which those that ship do not. */
@ExtendWith(RipenExtension.class)
class TwoConsentsIT {

  private static final String FORM = "newsletter-and-offers";
  private static final Map<String, String> BOTH = Map.of("letters", "true", "offers", "true");

  private static final String OFFERS =
      """
      {
        "type": "checkbox",
        "id": "field_offers",
        "key": "offers",
        "label": "Yes, send me offers by e-mail.",
        "properties": {"consent": "marketing", "channel": "email"}
      },
      """;

  private final LocalRipen ripen;

  TwoConsentsIT(LocalRipen ripen) {
    this.ripen = ripen;
  }

  @Test
  void who_allows_marketing_in_the_same_form_still_has_the_newsletter_to_confirm()
      throws IOException {
    Path forms = ripen.flows().resolve("forms");
    String drawn = Files.readString(forms.resolve("newsletter.form"));
    String button = "{\n      \"type\": \"button\"";
    assertThat(drawn).containsOnlyOnce(button);
    Files.writeString(
        forms.resolve(FORM + ".form"),
        drawn
            .replace(button, OFFERS + button)
            .replace("\"id\": \"newsletter\"", "\"id\": \"%s\"".formatted(FORM)));

    try (Instances instances = new Instances(ripen)) {
      Lead lead = Lead.speaking("en", "second-visit-subscription", ripen).visits("/").settles();
      Instances.Instance run =
          instances.begunBy("second-visit-subscription", () -> lead.fillsIn(FORM, BOTH));
      lead.awaits(1, "email");
      run.awaitAt("gateway_whatComesNext");
      UUID id = UUID.fromString(lead.settles().id());
      assertThat(ripen.database().agreesToEmail(id, "marketing")).isTrue();
      assertThat(ripen.database().agreesToEmail(id, "newsletter")).isFalse();

      lead.fillsIn(FORM, BOTH);
      run.awaitPast("catchEvent_requestedAgain");
      lead.confirms(lead.awaits(2, "email"));
      run.awaitEnd("endEvent_newsletterAgreed");
    }
  }
}
