package io.ripen.engine.providers;

import io.ripen.channels.Listener;
import io.ripen.channels.telegram.TelegramListener;

/** Asks Telegram what is new; first it sees to it that Telegram does not call somebody instead. */
final class PolledTelegram implements Listener {

  private final TelegramListener telegram;
  private boolean isOurs;

  PolledTelegram(TelegramListener telegram) {
    this.telegram = telegram;
  }

  @Override
  public String name() {
    return telegram.name();
  }

  @Override
  public void listen(Sink sink) throws Unavailable, InterruptedException {
    if (!isOurs) {
      telegram.deleteWebhook();
      isOurs = true;
    }
    try {
      telegram.listen(sink);
    } catch (Unavailable e) {
      // Another program may have told it to call somebody meanwhile.
      isOurs = false;
      throw e;
    }
  }
}
