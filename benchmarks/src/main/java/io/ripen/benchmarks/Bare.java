package io.ripen.benchmarks;

import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;
import java.sql.SQLException;

/** A program that does nothing but hand over a message of ours, by the same library. */
interface Bare extends Callers.Task, AutoCloseable {

  @Override
  void close();

  /** One that sends what Ripen has sent just before. */
  static Bare of(TouchChannel channel, Sink sink, PushKeys keys, Database database)
      throws IOException, InterruptedException, SQLException {
    return switch (channel) {
      case EMAIL -> new BareMail(sink.smtpPort(), sink.mail());
      case SMS -> new BareTwilio(sink.http(), sink.post(), BareTwilio.NUMBER, "+3620%07d");
      case WHATSAPP ->
          new BareTwilio(
              sink.http(), sink.post(), "whatsapp:" + BareTwilio.NUMBER, "whatsapp:+3630%07d");
      case FACEBOOK ->
          new BareTwilio(
              sink.http(), sink.post(), "messenger:" + BareTwilio.PAGE, "messenger:1%07d");
      case TELEGRAM -> new BareHttp(sink.http().resolve("/bot1/sendMessage"), sink.post());
      case PUSH -> new BarePush(sink.http().resolve("/push/1"), sink.postSize(), keys);
      case CHAT, POPUP -> new BareOnSite(database, channel.medium());
      case WEBHOOK -> new BareHttp(sink.http().resolve("/webhook"), sink.post());
    };
  }
}
