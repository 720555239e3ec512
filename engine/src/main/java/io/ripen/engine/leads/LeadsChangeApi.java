package io.ripen.engine.leads;

import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.events.Event;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets other systems of the company tell of leads: traits as JSON, those of the Segment spec and
 * any others. What is told becomes an event, like all else that is known of a lead, and so is
 * answered with 202: it is taken, and true a moment later.
 */
@RestController
@Profile("engine")
@RequestMapping(path = "/api/leads", consumes = MediaType.APPLICATION_JSON_VALUE)
class LeadsChangeApi {

  private final LeadJdbc leads;
  private final ContactIds ids;
  private final TellTraits tell;

  LeadsChangeApi(LeadJdbc leads, ContactIds ids, TellTraits tell) {
    this.leads = leads;
    this.ids = ids;
    this.tell = tell;
  }

  /**
   * Makes a lead of an address or a number; whoever was made of the same before, here or by an
   * import, is the same lead.
   *
   * @param country whose phone numbers are written without a country's code
   * @return the message id of the event, and the {@code anonymousId} that events may name the lead
   *     by
   */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, String> create(
      @RequestBody byte[] body, @RequestParam(defaultValue = "") String country) {
    ObjectNode traits = tell.read(body, country);
    String email = Shopping.firstText(traits, "email");
    String phone = Shopping.firstText(traits, "phone");
    if (email == null && phone == null) {
      throw TellTraits.bad("there is neither an email nor a phone (expected: one of both)");
    }
    String id = email != null ? ids.ofEmail(email) : ids.ofPhone(String.valueOf(phone));
    Event told = tell.of("anonymousId", id, traits);
    return Map.of("messageId", told.messageId(), "anonymousId", id);
  }

  /**
   * Tells traits of a lead; those that are not named stay, and one that is null goes. An e-mail
   * address and a phone number do not: there it is refused.
   *
   * @param id also of a lead that was merged
   * @return the lead's id as it is today, and the message id of the event
   */
  @PutMapping("/{id}")
  @ResponseStatus(HttpStatus.ACCEPTED)
  Map<String, String> update(
      @PathVariable String id,
      @RequestBody byte[] body,
      @RequestParam(defaultValue = "") String country) {
    UUID lead = today(id);
    Event told = tell.of("leadId", lead.toString(), tell.read(body, country));
    return Map.of("messageId", told.messageId(), "id", lead.toString());
  }

  private UUID today(String id) {
    UUID lead = null;
    try {
      UUID asked = UUID.fromString(id);
      lead = leads.survivors(Set.of(asked)).get(asked);
    } catch (IllegalArgumentException e) {
      // No lead is called so.
    }
    if (lead == null) {
      throw new ResponseStatusException(HttpStatus.NOT_FOUND, "there is no lead " + id);
    }
    return lead;
  }
}
