package io.ripen.app.demo;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.demo.LocalApi.Mail;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Mira leaves a cart behind and is reminded, twice; Jonas buys in time and is not. Each step is
 * printed, and waits until it has happened to them, whoever else is in the shop.
 */
public final class Demo {

  private static final String FLOW = "abandoned-cart";
  private static final String REMINDER = "serviceTask_sendReminder";
  private static final String UPDATED = "cart.updated";
  private static final String ORDERED = "order.placed";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** What Zeebe has taken, it has done a moment later. */
  private static final Duration MOMENT = Duration.ofSeconds(2);

  private static final Duration POLL = Duration.ofMillis(250);

  private final Terminal terminal;
  private final LocalApi server;
  private final String shop;

  public Demo(Terminal terminal, URI url, String writeKey) {
    this.terminal = terminal;
    this.server = new LocalApi(url, writeKey);
    this.shop = server.url("/shop");
  }

  /**
   * Plays it.
   *
   * @throws Failure when there is no server, or a step does not happen in time
   */
  public void play() {
    server.requireServer();
    terminal.say("");
    terminal.say("  @|bold An abandoned cart|@, played on " + server.url("/"));
    Person mira = Person.named("Mira");
    abandonsCart(mira);
    Mail reminder = isReminded(mira);
    clicks(reminder);
    isRemindedAgain(mira, reminder);

    Person jonas = Person.named("Jonas");
    abandonsCart(jonas);
    buysInTime(jonas);

    terminal.say("");
    terminal.say("  @|bold,green That was it.|@ See for yourself:");
    terminal.say("  the mails     @|cyan " + server.url("/mailbox") + "|@");
    terminal.say("  the flow      @|cyan " + server.url("/flows/" + FLOW) + "|@");
    terminal.say(
        "  the people    @|cyan " + server.url("/leads") + "|@   Mira and Jonas, newest first");
    terminal.say("");
  }

  private void abandonsCart(Person person) {
    tell(person.firstName() + " looks around in the shop");
    server.send(person.looksAround(shop));
    tell("… leaves an address, " + person.email() + ", and allows us to write");
    server.send(person.leavesAddress(shop));
    tell(
        "… puts %s and %s into the cart, and goes away"
            .formatted(Person.MUG.name(), Person.TEA.name()));
    server.send(person.fillsCart(shop));
    await(
        "the flow waits for " + person.firstName(),
        () -> has(person, story -> story.events("Product Added") == 2 && story.isSent(UPDATED)));
    aMomentLater();
    happened("the flow @|bold abandoned-cart|@ has started and waits an hour");
  }

  private Mail isReminded(Person person) {
    tell("An hour passes");
    server.advance(Duration.ofHours(1));
    await("a reminder to " + person.email(), () -> server.mailsTo(person.email()).size() == 1);
    Mail mail = server.mailsTo(person.email()).getFirst();
    show(mail);
    await("the flow waits for the next day", () -> has(person, story -> story.isTouched(REMINDER)));
    aMomentLater();
    return mail;
  }

  private void clicks(Mail mail) {
    String link =
        mail.links().stream()
            .filter(each -> URI.create(each).getPath().startsWith("/r/"))
            .findFirst()
            .orElseThrow(() -> new Failure("the mail has no link to click: " + mail.links()));
    tell("Mira clicks the link in the mail");
    happened("it leads to @|cyan " + server.follow(link) + "|@, and comes back as an event");
  }

  private void isRemindedAgain(Person person, Mail first) {
    tell("… but does not buy, and a day passes");
    server.advance(Duration.ofDays(1));
    await("the last reminder", () -> server.mailsTo(person.email()).size() == 2);
    Mail second = server.mailsTo(person.email()).getFirst();
    if (second.subject().equals(first.subject())) {
      throw new Failure("both mails have the subject " + first.subject());
    }
    show(second);
  }

  private void buysInTime(Person person) {
    tell("… comes back after ten minutes, and buys");
    server.advance(Duration.ofMinutes(10));
    server.send(person.buys(shop));
    await("the flow hears of the order", () -> has(person, story -> story.isSent(ORDERED)));
    aMomentLater();
    happened("the order has ended the flow");
    tell("An hour and a day pass");
    server.advance(Duration.ofHours(1));
    server.advance(Duration.ofDays(1));
    aMomentLater();
    List<Mail> mails = server.mailsTo(person.email());
    if (!mails.isEmpty()) {
      throw new Failure("Jonas has bought, and got " + mails.getFirst().subject());
    }
    if (has(person, Story::hasTouches)) {
      throw new Failure("Jonas has bought, and the flow went on: see his page in the console");
    }
    happened("no mail to Jonas");
  }

  private boolean has(Person person, Predicate<Story> happened) {
    return happened.test(server.story(person.email()));
  }

  private static void aMomentLater() {
    LockSupport.parkNanos(MOMENT.toNanos());
  }

  private void show(Mail mail) {
    happened("a mail arrives:");
    terminal.sayPlain("          " + mail.subject(), "bold");
    for (Person.Article article : List.of(Person.MUG, Person.TEA)) {
      if (!mail.text().contains(article.name())) {
        throw new Failure("the mail does not name " + article.name() + ":\n" + mail.text());
      }
      terminal.say("          %s  %s".formatted(article.name(), article.price()));
    }
    terminal.say("          @|cyan " + server.url("/mailbox/" + mail.id()) + "|@");
  }

  private void await(String what, BooleanSupplier happened) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    terminal.status("       waiting: " + what + " …");
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new Failure(
            "%s: not seen within %d s. The server's log may tell why"
                .formatted(what, PATIENCE.toSeconds()));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  private void tell(String what) {
    terminal.say(what.startsWith("…") ? "   " + what : "\n  " + what);
  }

  private void happened(String what) {
    terminal.say("       @|green ✓|@  " + what);
  }
}
