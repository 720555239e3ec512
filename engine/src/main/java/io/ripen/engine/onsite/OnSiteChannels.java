package io.ripen.engine.onsite;

import io.ripen.channels.Channel;
import io.ripen.channels.ShortMessage;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** The channels to who is on a site now. */
@Component
public final class OnSiteChannels {

  private final OnSiteJdbc table;
  private final Clock clock;

  OnSiteChannels(OnSiteJdbc table, Clock clock) {
    this.table = table;
    this.clock = clock;
  }

  public Channel<ShortMessage> popup() {
    return new OnSiteChannel("popup", table, clock);
  }

  public Channel<ShortMessage> chat() {
    return new OnSiteChannel("chat", table, clock);
  }
}
