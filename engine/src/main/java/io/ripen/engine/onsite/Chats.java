package io.ripen.engine.onsite;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** The chats with visitors, for people who answer them. */
@Component
@Profile("engine")
public final class Chats {

  private static final int MOST = 100;
  private static final int LINES = 200;

  private final OnSiteJdbc table;
  private final Clock clock;

  Chats(OnSiteJdbc table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  /** Those in which a visitor wrote something, the newest first. */
  public List<Chat> newest() {
    return table.chats(MOST);
  }

  /** The lines, oldest first. */
  public List<OnSiteMessage> lines(UUID lead) {
    return table.lines(lead, LINES);
  }

  /**
   * Answers the visitor; they see it at once, or when they come back.
   *
   * @param name who answers
   * @param id the same answer has the same one, however often it is sent
   */
  public void answer(UUID lead, String name, UUID id, String text) {
    table.answer(lead, name, id.toString(), text.strip(), clock.instant());
  }
}
