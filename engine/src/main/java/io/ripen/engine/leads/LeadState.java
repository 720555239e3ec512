package io.ripen.engine.leads;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One lead while a batch is worked on. */
final class LeadState {

  final UUID id;
  String stage = "VISITOR";
  @Nullable String email;
  @Nullable String phone;
  @Nullable String firstName;
  @Nullable String lastName;
  @Nullable String locale;
  @Nullable String timeZone;
  ObjectNode traits = JsonMapper.shared().createObjectNode();
  int visits;
  long pageViews;
  Instant firstSeenAt;
  Instant lastSeenAt;
  @Nullable String firstSource;
  @Nullable String lastSource;
  @Nullable UUID mergedInto;

  /** Whether the site knows the person by a user id. */
  boolean isUser;

  LeadState(UUID id, Instant firstSeenAt, Instant lastSeenAt) {
    this.id = id;
    this.firstSeenAt = firstSeenAt;
    this.lastSeenAt = lastSeenAt;
  }

  private static final List<String> STAGES =
      List.of("VISITOR", "LEAD", "MQL", "SQL", "SALES", "CUSTOMER");

  /** Whether there is a way to reach the person. */
  boolean isKnown() {
    return email != null || phone != null;
  }

  /** Takes over what the other one, who turned out to be the same person, has more. */
  void absorb(LeadState other) {
    other.mergedInto = id;
    stage = STAGES.indexOf(other.stage) > STAGES.indexOf(stage) ? other.stage : stage;
    email = email == null ? other.email : email;
    phone = phone == null ? other.phone : phone;
    firstName = firstName == null ? other.firstName : firstName;
    lastName = lastName == null ? other.lastName : lastName;
    locale = locale == null ? other.locale : locale;
    timeZone = timeZone == null ? other.timeZone : timeZone;
    ObjectNode both = other.traits.deepCopy();
    both.setAll(traits);
    traits = both;
    visits += other.visits;
    pageViews += other.pageViews;
    isUser |= other.isUser;
    if (other.firstSeenAt.isBefore(firstSeenAt)) {
      firstSeenAt = other.firstSeenAt;
      firstSource = other.firstSource == null ? firstSource : other.firstSource;
    }
    if (other.lastSeenAt.isAfter(lastSeenAt)) {
      lastSeenAt = other.lastSeenAt;
      lastSource = other.lastSource == null ? lastSource : other.lastSource;
    }
  }
}
