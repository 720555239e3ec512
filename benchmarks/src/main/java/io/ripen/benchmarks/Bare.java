package io.ripen.benchmarks;

import io.ripen.channels.webpush.PushKeys;
import java.io.IOException;

/** A program that does nothing but hand a message of ours to a provider, by the same library. */
interface Bare extends Callers.Task, AutoCloseable {

  @Override
  void close();

  /** One that sends what the sink has as its sample. */
  static Bare of(TouchChannel channel, Sink sink, PushKeys keys)
      throws IOException, InterruptedException {
    return switch (channel) {
      case EMAIL -> new BareMail(sink.smtpPort(), sink.mail());
      case SMS -> new BareTwilio(sink.http(), sink.post(), "");
      case WHATSAPP -> new BareTwilio(sink.http(), sink.post(), "whatsapp:");
      case TELEGRAM -> new BareHttp(sink.http().resolve("/bot1/sendMessage"), sink.post());
      case PUSH -> new BarePush(sink.http().resolve("/push/1"), sink.postSize(), keys);
      case WEBHOOK -> new BareHttp(sink.http().resolve("/webhook"), sink.post());
    };
  }
}
