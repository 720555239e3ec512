package io.ripen.channels.twilio;

import io.ripen.channels.Inbound.Cause;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a code of Twilio's error dictionary means. Twilio changes its codes now and then, so those
 * that stand for more than one thing, and those that are not here, say nothing of a person.
 *
 * @param blame whose matter it is
 * @param cause what it tells of the person's address, or null
 * @param words in our own, free of personal data
 */
record TwilioError(Blame blame, @Nullable Cause cause, String words) {

  /** Whose matter an error is. */
  enum Blame {
    /** The person's, or the message's: it is no use to send this again. */
    MESSAGE,
    /** Ours: somebody has to change a setting. */
    SETTING,
    /** The same, but perhaps not for every country and kind of number. */
    SENDER,
    /** Nobody's: there is too much at once. */
    TRAFFIC
  }

  private static final Map<Integer, TwilioError> KNOWN = known();

  static Optional<TwilioError> of(int code) {
    return Optional.ofNullable(KNOWN.get(code));
  }

  private static Map<Integer, TwilioError> known() {
    Map<Integer, TwilioError> known = new HashMap<>();
    ofNumbers(known);
    ofSettings(known);
    ofCarriers(known);
    ofMessengers(known);
    return Map.copyOf(known);
  }

  private static void ofNumbers(Map<Integer, TwilioError> known) {
    known.put(21211, message(Cause.NO_SUCH_ADDRESS, "it is no telephone number"));
    known.put(21217, message(Cause.NO_SUCH_ADDRESS, "it is no telephone number"));
    known.put(21614, message(Cause.NO_SUCH_ADDRESS, "it is not a mobile number"));
    known.put(21635, message(Cause.NO_SUCH_ADDRESS, "it is a landline"));
    known.put(21610, message(Cause.UNWANTED, "the person has opted out by STOP"));
    known.put(21612, message(null, "our sender cannot write to this number"));
    known.put(
        21408,
        message(null, "our account may not write to the number's country: see Geo permissions"));
    known.put(21608, message(null, "a trial account writes to verified numbers only"));
    known.put(21602, message(null, "the message is empty"));
    known.put(21617, message(null, "the message is longer than 1,600 characters"));
  }

  private static void ofSettings(Map<Integer, TwilioError> known) {
    known.put(
        20003, setting("it does not take our credentials: look at account SID, key and secret"));
    known.put(20005, setting("our account is not active"));
    known.put(20404, setting("it does not know our account at this address"));
    known.put(30002, setting("our account is suspended"));
    for (int code : List.of(21212, 21603, 63002, 63007)) {
      known.put(code, setting("our sender is none that the account may use"));
    }
    for (int code : List.of(21606, 21659, 21660)) {
      known.put(
          code,
          new TwilioError(
              Blame.SENDER, null, "our sender is none that the account may use for this number"));
    }
    for (int code : List.of(21701, 21703, 21704, 21705)) {
      known.put(code, setting("our messaging service does not exist or has no sender"));
    }
    known.put(21609, setting("it cannot use the address of the status callback"));
    known.put(21611, traffic("too many messages wait for our sender"));
    known.put(21730, traffic("it is under maintenance"));
    known.put(20429, traffic("too many requests at once"));
  }

  private static void ofCarriers(Map<Integer, TwilioError> known) {
    known.put(30001, new TwilioError(Blame.TRAFFIC, Cause.LOST, "too many messages waited"));
    known.put(30003, message(Cause.LOST, "the phone could not be reached"));
    known.put(30004, message(Cause.UNWANTED, "the person or their carrier blocks us"));
    known.put(30005, message(Cause.NO_SUCH_ADDRESS, "nobody has this number any more"));
    known.put(30006, message(Cause.NO_SUCH_ADDRESS, "it is a landline, or its carrier takes none"));
    known.put(30007, message(Cause.FILTERED, "a filter took it for spam"));
    known.put(30008, message(Cause.LOST, "it was lost, and nobody says why"));
    known.put(30032, message(Cause.FILTERED, "our toll-free number is not verified"));
    known.put(30034, message(Cause.FILTERED, "our number is not registered for this country"));
    known.put(30036, message(Cause.LOST, "it waited there until it was of no more use"));
  }

  private static void ofMessengers(Map<Integer, TwilioError> known) {
    known.put(63001, setting("the messenger does not take our credentials"));
    known.put(63003, message(Cause.NO_SUCH_ADDRESS, "the messenger knows nobody by this address"));
    // An old WhatsApp, or terms that the person has not agreed to yet: both may change.
    known.put(63024, message(Cause.LOST, "the messenger cannot reach this address now"));
    known.put(63014, message(Cause.UNWANTED, "the person blocks us"));
    known.put(63033, message(Cause.UNWANTED, "the person blocks us"));
    for (int code : List.of(63005, 63013, 63021)) {
      known.put(code, message(Cause.FILTERED, "the messenger does not take what it says"));
    }
    known.put(
        63016,
        message(
            Cause.FILTERED,
            "the person has not written for 24 hours, so the messenger takes no free text"));
    for (int code : List.of(63027, 63028)) {
      known.put(
          code, message(Cause.FILTERED, "the template does not exist, or has other variables"));
    }
    known.put(
        63018, new TwilioError(Blame.TRAFFIC, Cause.LOST, "we wrote too much to the messenger"));
    known.put(
        63039,
        message(Cause.FILTERED, "Facebook warns us: we write too much to who has not written"));
    known.put(63032, message(Cause.LOST, "WhatsApp keeps it from this person for a test"));
    known.put(63049, message(Cause.LOST, "WhatsApp chose not to deliver it"));
  }

  private static TwilioError message(@Nullable Cause cause, String words) {
    return new TwilioError(Blame.MESSAGE, cause, words);
  }

  private static TwilioError setting(String words) {
    return new TwilioError(Blame.SETTING, null, words);
  }

  private static TwilioError traffic(String words) {
    return new TwilioError(Blame.TRAFFIC, null, words);
  }
}
