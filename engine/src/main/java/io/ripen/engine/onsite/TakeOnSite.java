package io.ripen.engine.onsite;

import io.ripen.channels.Inbound;
import io.ripen.channels.Listener;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Takes what visitors do with what is shown to them. */
@Component
@Profile("engine")
class TakeOnSite {

  static final int LONGEST = 2000;
  static final int MOST_A_MINUTE = 20;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final OnSiteJdbc table;
  private final Listener.Sink inbound;
  private final Clock clock;

  TakeOnSite(OnSiteJdbc table, Listener.Sink inbound, Clock clock) {
    this.table = table;
    this.inbound = inbound;
    this.clock = clock;
  }

  /** Whether this window is the one that shows the message: the first that asks. */
  @Transactional
  public boolean shown(String browser, long id, String window) {
    Instant now = clock.instant();
    Optional<OnSiteMessage> shown =
        table.lead(browser).flatMap(lead -> table.show(id, lead, window, now));
    shown.ifPresent(
        message ->
            inbound.keep(
                List.of(new Inbound.Seen("onsite-" + id, now, null, message.messageId()))));
    return shown.isPresent();
  }

  /** Whether what this window has heard of is not to be seen any more. */
  public boolean isGone(String browser, long id) {
    return table.lead(browser).filter(lead -> table.isGone(id, lead, clock.instant())).isPresent();
  }

  /** The form in a popup was sent; what was filled in came by the form itself. */
  @Transactional
  public void sent(String browser, long id) {
    Instant now = clock.instant();
    table
        .lead(browser)
        .flatMap(lead -> table.shownForm(id, lead))
        .ifPresent(
            message ->
                inbound.keep(
                    List.of(
                        new Inbound.FormSent(
                            "onsite-form-" + id,
                            now,
                            null,
                            message.messageId(),
                            message.look().path("form").asString("")))));
  }

  public void closed(String browser, long id) {
    table.lead(browser).ifPresent(lead -> table.close(id, lead, clock.instant()));
  }

  /**
   * Keeps what a visitor wrote; once, however often it is sent.
   *
   * @param id the window's own of it
   * @return whether they can be answered by e-mail or telephone when they have left
   * @throws Refused when nobody knows the visitor yet, or they write too much
   */
  @Transactional(rollbackFor = Refused.class)
  public boolean said(String browser, UUID id, String text) throws Refused {
    UUID lead =
        table
            .lead(browser)
            .orElseThrow(() -> new Refused(409, "the visitor is not known yet; try again soon"));
    Instant now = clock.instant();
    if (table.written(lead, now.minus(MINUTE)) >= MOST_A_MINUTE) {
      throw new Refused(429, "more than %d lines in a minute".formatted(MOST_A_MINUTE));
    }
    if (table.ask(lead, browser, id.toString(), text, now)) {
      inbound.keep(List.of(new Inbound.Said("chat-" + id, now, "chat", browser, text, null)));
    }
    return table.hasAddress(lead);
  }
}
