package io.ripen.benchmarks;

import io.ripen.app.Failure;
import io.ripen.app.RipenApplication;
import io.ripen.channels.webpush.PushKeys;
import io.ripen.engine.gate.Priority;
import io.ripen.engine.leads.Subject;
import io.ripen.engine.steps.CallWebhook;
import io.ripen.engine.touches.SendTouch;
import io.ripen.engine.touches.Touch;
import io.ripen.engine.touches.TouchOutcome;
import java.net.URI;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Ripen's workers in this JVM, called as Zeebe's jobs call them. */
final class TouchSender implements AutoCloseable {

  /** Zeebe's own keys are far below. */
  private static final long FIRST_KEY = 1L << 60;

  private static final int MOST_ATTEMPTS = 20;
  private static final int NO_LIMIT = 1_000_000;

  private final ConfigurableApplicationContext workers;
  private final SendTouch sendTouch;
  private final CallWebhook callWebhook;
  private final URI webhook;

  private TouchSender(ConfigurableApplicationContext workers, URI webhook) {
    this.workers = workers;
    this.sendTouch = workers.getBean(SendTouch.class);
    this.callWebhook = workers.getBean(CallWebhook.class);
    this.webhook = webhook;
  }

  /** Starts them, with all their providers in the sink. */
  static TouchSender start(Deployment ripen, Sink sink, PushKeys keys) {
    SpringApplication application = new SpringApplication(RipenApplication.class);
    application.setAdditionalProfiles("workers");
    return new TouchSender(
        application.run(
            settings(ripen.settings(), sink, keys).entrySet().stream()
                .map(each -> "--%s=%s".formatted(each.getKey(), each.getValue()))
                .toArray(String[]::new)),
        sink.http().resolve("/webhook"));
  }

  private static Map<String, String> settings(Map<String, String> ripen, Sink sink, PushKeys keys) {
    Map<String, String> settings = new HashMap<>(ripen);
    settings.put("server.port", "0");
    settings.put("logging.level.root", "warn");
    settings.put("spring.mail.port", Integer.toString(sink.smtpPort()));
    settings.put("ripen.twilio.account-sid", BareTwilio.ACCOUNT);
    settings.put("ripen.twilio.auth-token", BareTwilio.SECRET);
    settings.put("ripen.twilio.sms.from", BareTwilio.NUMBER);
    settings.put("ripen.twilio.whatsapp.from", BareTwilio.NUMBER);
    settings.put("ripen.twilio.whatsapp.template", "HX" + "0".repeat(32));
    settings.put("ripen.twilio.facebook.from", BareTwilio.PAGE);
    settings.put("ripen.twilio.api", sink.http().toString());
    settings.put("ripen.telegram.token", "1:" + "t".repeat(35));
    settings.put("ripen.telegram.api", sink.http().toString());
    settings.put("ripen.push.public-key", keys.publicKey());
    settings.put("ripen.push.private-key", keys.privateKey());
    settings.put("ripen.push.subject", keys.subject());
    settings.put("ripen.push.services", sink.http().toString());
    for (String each : new String[] {"email", "twilio", "telegram", "push"}) {
      settings.put("ripen.%s.messages-per-second".formatted(each), Integer.toString(NO_LIMIT));
    }
    settings.put("ripen.webhooks.messages-per-second", Integer.toString(NO_LIMIT));
    // At night nothing would go out.
    settings.put("ripen.gate.quiet-hours.channels", "");
    return settings;
  }

  /**
   * Sends to the lead of this number.
   *
   * @param sight of who is on the site, and sees it at once
   * @throws Failure when it does not go out
   */
  void send(TouchChannel channel, int lead, Sight sight) throws SQLException {
    if (channel == TouchChannel.WEBHOOK) {
      tell(lead);
      return;
    }
    Touch touch = touch(channel, lead);
    TouchOutcome outcome = sendTouch.send(touch);
    // It waits to be seen, or a busy machine let it wait too long for a place: Zeebe would come
    // back with the job.
    for (int i = 1; outcome instanceof TouchOutcome.TryLater && i < MOST_ATTEMPTS; i++) {
      if (channel.isOnSite()) {
        sight.sees(touch.messageId());
      }
      outcome = sendTouch.send(touch);
    }
    if (!(outcome instanceof TouchOutcome.Done)) {
      throw new Failure(
          "the touch of lead %d by %s was not sent: %s".formatted(lead, channel.words(), outcome));
    }
  }

  /** A window on the site. */
  @FunctionalInterface
  interface Sight {
    void sees(String messageId) throws SQLException;
  }

  private void tell(int lead) {
    CallWebhook.Call call = call(lead);
    CallWebhook.Outcome outcome = callWebhook.call(call, CallWebhook.Tries.NONE);
    for (int i = 1; outcome instanceof CallWebhook.Outcome.TryLater && i < MOST_ATTEMPTS; i++) {
      outcome = callWebhook.call(call, CallWebhook.Tries.NONE);
    }
    if (!(outcome instanceof CallWebhook.Outcome.Taken)) {
      throw new Failure("the webhook of lead %d was not taken: %s".formatted(lead, outcome));
    }
  }

  /** A part of Ripen's. */
  <T> T part(Class<T> type) {
    return workers.getBean(type);
  }

  private CallWebhook.Call call(int lead) {
    return new CallWebhook.Call(
        webhook,
        Long.toString(key(lead)),
        subject(lead),
        Deployment.FLOW,
        "serviceTask_tell",
        null);
  }

  static Touch touch(TouchChannel channel, int lead) {
    return new Touch(
        key(lead),
        subject(lead),
        channel.medium(),
        "marketing",
        channel.message(),
        "cart.state = \"open\"",
        Priority.NORMAL,
        null,
        new Touch.Place(Deployment.FLOW, 1, "serviceTask_" + channel.message(), key(lead)));
  }

  static Subject subject(int lead) {
    return new Subject(TouchLeads.lead(lead), TouchLeads.cart(lead), null, null);
  }

  private static long key(int lead) {
    return FIRST_KEY + lead;
  }

  @Override
  public void close() {
    workers.close();
  }
}
