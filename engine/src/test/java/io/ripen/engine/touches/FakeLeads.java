package io.ripen.engine.touches;

import io.ripen.engine.leads.Facts;
import io.ripen.engine.leads.LeadFacts;
import io.ripen.engine.leads.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Leads in memory. */
final class FakeLeads implements LeadFacts {

  static final String EMAIL = "anna.planted@example.org";
  static final String FIRST_NAME = "Plantedanna";

  @Nullable String phone;
  @Nullable String messenger;
  @Nullable String push;
  boolean onSite;

  /** What happens while they are read, one for each look. */
  final Queue<Runnable> meanwhile = new ConcurrentLinkedQueue<>();

  private final Map<UUID, Facts> leads = new ConcurrentHashMap<>();

  UUID aLead() {
    return aLead(EMAIL);
  }

  UUID aLead(@Nullable String email) {
    UUID id = UUID.randomUUID();
    become(id, email, "open");
    return id;
  }

  /** From now on the lead's cart is in this state. */
  void cartBecomes(UUID id, String state) {
    become(id, EMAIL, state);
  }

  void moveTo(UUID id, String email) {
    become(id, email, "open");
  }

  void forget(UUID id) {
    leads.remove(id);
  }

  private void become(UUID id, @Nullable String email, String cartState) {
    Map<String, @Nullable Object> tree = new HashMap<>();
    tree.put("lead", Map.of("id", id.toString(), "firstName", FIRST_NAME));
    tree.put("cart", Map.of("state", cartState));
    leads.put(
        id,
        new Facts(
            id,
            new Facts.Person(email, null, null, null, FIRST_NAME, "hu", "Europe/Budapest", false),
            tree));
  }

  @Override
  public Optional<Facts> read(Subject subject) {
    Runnable happening = meanwhile.poll();
    if (happening != null) {
      happening.run();
    }
    return Optional.ofNullable(leads.get(subject.leadId())).map(this::asTheyAreNow);
  }

  private Facts asTheyAreNow(Facts facts) {
    Facts.Person person = facts.person();
    return new Facts(
        facts.leadId(),
        new Facts.Person(
            person.email(),
            phone,
            messenger,
            push,
            person.firstName(),
            person.locale(),
            person.timeZone(),
            onSite),
        facts.tree());
  }
}
