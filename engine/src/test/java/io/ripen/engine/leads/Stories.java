package io.ripen.engine.leads;

import io.ripen.engine.consents.DoubleOptIn;
import io.ripen.engine.events.Arrival;
import io.ripen.engine.events.Event;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.InvalidEvent;
import io.ripen.engine.scoring.Decay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.jspecify.annotations.Nullable;

/**
 * What three people may do in several browsers and under several ids, and what a flow or a person
 * of ours may decide about them meanwhile.
 */
final class Stories {

  static final Instant LATER = Happening.NOON.plus(Duration.ofDays(90));
  static final Decay FADING = new Decay(Duration.ofDays(30));

  /** By the user id that each of their browsers is signed in with. */
  private static final Map<String, String> USERS =
      Map.of(
          "phone", "anna",
          "tablet", "anna",
          "laptop", "anna-work",
          "desktop", "boris",
          "kiosk", "clara");

  /** An id that turns out to be the same person's, as anybody at the browser may tell. */
  private static final Map<String, List<String>> ALIASES =
      Map.of(
          "phone", List.of("anna-old", "anna"),
          "tablet", List.of("anna-older", "anna-old"),
          "laptop", List.of("anna", "anna-work"),
          "desktop", List.of("boris-old", "boris"),
          "kiosk", List.of("clara-old", "clara"));

  static final List<String> BROWSERS =
      Stream.concat(USERS.keySet().stream(), Stream.of("telegram:7", "contact-phone"))
          .sorted()
          .toList();

  /** In all stories. */
  private static final List<String> WHO_IS_WHO = List.of("identify", "alias user");

  /** What gives the same in any order. */
  private static final List<String> ANY_ORDER =
      List.of(
          "/pricing",
          "/article",
          "screen",
          "campaign",
          "identify silently",
          "identify elsewhere",
          "identify former",
          "alias browser",
          "group",
          "import",
          "chat",
          "Messenger Opened",
          "Page Read",
          "Page Dwelled",
          "Product Viewed",
          "Lead Magnet Downloaded",
          "Signed Up",
          "Form Submitted",
          "Message Unsubscribed",
          "Message Clicked",
          "answer",
          "answer written down",
          "ask for texts",
          "consent",
          "consent by us",
          "add",
          "add elsewhere",
          "order",
          "order back",
          "cancel",
          "stage",
          "points",
          "segment");

  /** What gives the same only in the same order. */
  private static final List<String> ONE_ORDER =
      List.of(
          "referrer",
          "remove",
          "empty cart",
          "view cart",
          "take messenger back",
          "share",
          "drop out",
          "not now",
          "disqualify");

  record Done(String browser, String what, int hour) {}

  /**
   * What comes in.
   *
   * @param isOfLead whether it names the lead by its id, as only Ripen does
   */
  record Step(String browser, String what, Happening happening, boolean isOfLead, int number) {

    /** Whether it may be refused; what was refused may be possible later. */
    boolean isOfStage() {
      return List.of("stage", "not now", "disqualify").contains(what);
    }

    Event event(@Nullable UUID lead) {
      Happening told = lead == null ? happening : happening.lead(lead);
      try {
        return new EventJson()
            .read(told.value(), new Arrival.OnTopic("events", 0, number, 0, LATER));
      } catch (InvalidEvent e) {
        throw new AssertionError(e);
      }
    }
  }

  private Stories() {}

  static Arbitrary<List<Done>> inAnyOrder(int longest) {
    return of(ANY_ORDER, longest);
  }

  static Arbitrary<List<Done>> inOneOrder(int longest) {
    return of(Stream.concat(ANY_ORDER.stream(), ONE_ORDER.stream()).toList(), longest);
  }

  /** Of few kinds and in few browsers each, so that they meet. */
  private static Arbitrary<List<Done>> of(List<String> whats, int longest) {
    Arbitrary<Set<String>> some = Arbitraries.of(whats).set().ofMinSize(2).ofMaxSize(6);
    Arbitrary<Set<String>> browsers =
        Arbitraries.of(USERS.keySet().stream().sorted().toList()).set().ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(some, browsers)
        .flatAs(
            (kinds, places) ->
                Combinators.combine(
                        Arbitraries.of(places.stream().sorted().toList()),
                        Arbitraries.of(
                            Stream.concat(kinds.stream(), WHO_IS_WHO.stream()).sorted().toList()),
                        Arbitraries.integers().between(0, 24 * 60))
                    .as(Done::new)
                    .list()
                    .ofMaxSize(longest));
  }

  /**
   * Of two that happen at the same moment nobody could say which tells more: none do.
   *
   * @param telling in all ids, so that one story may be told several times
   */
  static List<Step> steps(List<Done> story, String telling) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < story.size(); i++) {
      steps.add(new Teller(story.get(i), i, telling).step());
    }
    return steps;
  }

  /**
   * Tells them one after the other. What names a lead comes after the first that makes it one.
   *
   * @param leadOf a lead that the browser's was at any time, or null
   */
  static void tell(
      List<Step> steps, Function<String, @Nullable UUID> leadOf, Consumer<Event> listener) {
    List<Step> waiting = new ArrayList<>();
    for (Step step : steps) {
      if (step.isOfLead()) {
        waiting.add(step);
      } else {
        listener.accept(step.event(null));
      }
      waiting.removeIf(each -> isTold(each, leadOf, listener));
    }
  }

  private static boolean isTold(
      Step step, Function<String, @Nullable UUID> leadOf, Consumer<Event> listener) {
    UUID lead = leadOf.apply(step.browser());
    if (lead != null) {
      listener.accept(step.event(lead));
    }
    return lead != null;
  }

  /** One step of one telling. */
  private record Teller(Done done, int i, String telling) {

    private static final int CARTS_UNTIL = 24 * 60;

    Step step() {
      Step step = told();
      step.happening().id(telling + "event-" + i).at(at());
      if (!step.isOfLead()) {
        // As browsers do with all that they send.
        String zone = i % 3 == 0 ? "Europe/Budapest" : "America/Lima";
        step.happening().context("locale", i % 2 == 0 ? "en-US" : "de-DE").region(zone);
        step.happening().context("timezone", i % 5 < 2 ? "Europe/Berlin" : "Asia/Tokyo");
      }
      return step;
    }

    /** Carts are filled first, then bought, and then some of it is given back. */
    private Duration at() {
      int hour =
          switch (done.what()) {
            case "order", "order back" -> CARTS_UNTIL + 1 + done.hour() / 4;
            case "cancel" -> CARTS_UNTIL * 5 / 4 + 2 + done.hour() / 5;
            default -> done.hour();
          };
      return Duration.ofHours(hour).plusSeconds(i);
    }

    private Step told() {
      String user = telling + user();
      return switch (done.what()) {
        case "/pricing", "/article" -> here(Happening.page(done.what()));
        case "screen" -> here(Happening.screen("home"));
        case "campaign" -> here(Happening.page("/sale").campaign("letter-" + i, "email"));
        case "referrer" ->
            here(Happening.page("/").onPage("referrer", "https://news-%d.example/".formatted(i)));
        case "identify" -> here(traits(Happening.identify(user)));
        case "identify silently" -> here(Happening.identify(user));
        case "identify elsewhere" -> anywhere(traits(Happening.identify(user)));
        case "identify former" ->
            anywhere(traits(Happening.identify(telling + alias().getFirst())));
        case "alias user" -> anywhere(alias(alias().getFirst(), alias().getLast()));
        case "alias browser" -> anywhere(alias(done.browser(), user()));
        case "group" -> here(Happening.group("company").trait("employees", i));
        case "import" -> anywhere(imported(user));
        case "chat" -> anywhere(Happening.track("Chat Message Received").by(telegram()));
        case "Form Submitted" -> here(form());
        case "Page Dwelled" -> here(Happening.track(done.what()).with("seconds", 7 + i));
        case "answer" -> here(answer());
        case "ask for texts" -> here(Happening.track(DoubleOptIn.TEXTS.event()));
        case "consent" -> here(consent());
        case "share" -> here(Happening.identify(telling + "dora").trait("email", "dora@x.org"));
        case "take messenger back" -> here(Happening.identify(user).trait("telegram", null));
        default -> shoppingOrOurs();
      };
    }

    private Step shoppingOrOurs() {
      return switch (done.what()) {
        case "add" -> here(Happening.added(cart(), product(), 1 + i % 2));
        case "add elsewhere" -> here(Happening.added(firstCart(), product(), 1));
        case "remove" -> here(Happening.removed(cart(), product(), 1));
        case "empty cart" -> here(Happening.viewed(cart()));
        case "view cart" -> here(Happening.viewed(cart(), "mug", product()));
        case "order" -> bought(ordered("order").cart(cart()));
        case "order back" -> bought(ordered("back").cart(telling + "none-" + done.browser()));
        case "cancel" -> here(Happening.track("Order Cancelled").with("order_id", number("back")));
        case "Messenger Opened" ->
            new Step(
                telling + "phone",
                done.what(),
                Happening.track(done.what()).by(telegram()),
                /* isOfLead= */ true,
                i);
        case "Message Clicked" -> ours(Happening.track(done.what()));
        case "answer written down" -> ours(answer().with("by", "sandra"));
        case "consent by us" -> ours(consent());
        case "stage" ->
            ours(stage(isClara() && i % 2 == 0 ? "NO_NEED" : i % 4 < 2 ? "MQL" : "SQL"));
        case "not now" -> ours(stage(i % 2 == 0 ? "SALES" : "LEAD"));
        case "disqualify" -> ours(stage("DISQUALIFIED"));
        case "points" ->
            ours(Happening.track("Points Added").with("points", 1 + i).with("reason", "liked"));
        case "segment" -> ours(Happening.track("Segment Entered").with("segment", segment()));
        case "drop out" -> ours(Happening.track("Segment Left").with("segment", segment()));
        default -> here(Happening.track(done.what()));
      };
    }

    /** Clara, who needs nothing, buys nothing: whichever is told last would be what she is. */
    private Step bought(Happening happening) {
      return here(isClara() ? Happening.track("Catalogue Closed") : happening);
    }

    private Step here(Happening happening) {
      return anywhere(happening.by(telling + done.browser()));
    }

    private Step anywhere(Happening happening) {
      return new Step(telling + done.browser(), done.what(), happening, /* isOfLead= */ false, i);
    }

    private Step ours(Happening happening) {
      return new Step(telling + done.browser(), done.what(), happening, /* isOfLead= */ true, i);
    }

    private Happening alias(String former, String now) {
      return Happening.alias(telling + former, telling + now);
    }

    /** Each tells something else; some of it is taken back, and some is none. */
    private Happening traits(Happening happening) {
      happening.trait("shoeSize", i).trait("plan", i % 3 == 0 ? null : "plan-" + i);
      happening.trait("email", i % 7 == 6 ? "no address" : email());
      String name = i % 4 == 1 ? "A " + i : "B" + i;
      happening.trait(i % 2 == 0 ? "firstName" : "name", i % 3 == 1 ? null : name);
      if (i % 4 == 0) {
        happening.trait("phone", "+3630123" + (1000 + i)).trait("telegram", telegram());
      } else if (i % 4 == 1) {
        happening.trait("locale", i % 8 == 5 ? null : "hu-H" + (char) ('A' + i % 26));
        happening.trait("lastName", i % 8 == 5 ? null : "C" + i);
      } else if (i % 4 == 2) {
        happening.trait("timezone", i % 8 == 2 ? "Asia/Dubai" : i % 16 == 6 ? null : "Mars/Base");
      }
      return happening;
    }

    /** Only of who gives one address alone may anybody tell it who is not signed in. */
    private Happening form() {
      Happening form = Happening.track(done.what()).contextTrait("city", "city-" + i);
      return isAnna()
          ? form.contextTrait("phone", i % 3 == 2 ? "n/a " + i : "+36201234" + (100 + i))
          : form.contextTrait("email", email());
    }

    private Happening imported(String user) {
      return Happening.track("Lead Imported")
          .by(telling + "contact-" + done.browser())
          .user(user)
          .context("channel", "import")
          .campaign("fair-" + i, "import")
          .contextTrait("city", "city-" + i);
    }

    private Happening answer() {
      return Happening.track("Question Answered")
          .with("question", i % 2 == 0 ? "topic" : "budget")
          .with("answer", "answer-" + i);
    }

    private Happening consent() {
      return Happening.track(i % 3 == 0 ? "Consent Withdrawn" : "Consent Granted")
          .with("channel", "email")
          .with("purpose", i % 2 == 0 ? "newsletter" : "marketing");
    }

    private Happening ordered(String order) {
      return Happening.ordered(number(order), "mug").with("total", 10).with("currency", "EUR");
    }

    private static Happening stage(String to) {
      return Happening.track("Stage Changed").with("to", to).with("reason", "we think so");
    }

    private String number(String order) {
      return "%s%s-%s".formatted(telling, order, done.browser());
    }

    /** Boris's shop has no ids of carts. */
    private String cart() {
      return done.browser().equals("desktop") ? "" : telling + "cart-" + done.browser();
    }

    private String firstCart() {
      return isAnna() ? telling + "cart-phone" : cart();
    }

    private String product() {
      return i % 2 == 0 ? "mug" : "pot";
    }

    private String segment() {
      return i % 2 == 0 ? "guests" : "friends";
    }

    private String telegram() {
      return telling + "telegram:7";
    }

    private String email() {
      return "%s%s@example.org".formatted(telling, isAnna() ? "anna-" + i : user());
    }

    private boolean isAnna() {
      return user().startsWith("anna");
    }

    private boolean isClara() {
      return user().equals("clara");
    }

    private String user() {
      return Objects.requireNonNull(USERS.get(done.browser()));
    }

    private List<String> alias() {
      return Objects.requireNonNull(ALIASES.get(done.browser()));
    }
  }
}
