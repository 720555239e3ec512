package io.ripen.channels.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import io.ripen.channels.Channel.HandOver;
import io.ripen.channels.http.HttpSender;
import io.ripen.channels.http.HttpSender.Outcome;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the SDK's resources talk to, for one message. The SDK's own client sends a message that is
 * answered 5xx up to three times, and logs telephone numbers; this one writes each request once and
 * logs nothing.
 */
final class Exchange extends TwilioRestClient {

  private final TwilioAccount account;
  private final HttpSender http;
  private final HandOver handOver;
  private Outcome.@Nullable Answered answer;

  Exchange(TwilioAccount account, HttpSender http, HandOver handOver) {
    super(new Builder(account.user(), account.secret()).accountSid(account.sid()));
    this.account = account;
    this.http = http;
    this.handOver = handOver;
  }

  /** What came back last, if anything. */
  Outcome.@Nullable Answered answer() {
    return answer;
  }

  /**
   * Writes it once.
   *
   * @throws Broken when no answer came
   */
  @Override
  public Response request(Request request) {
    request.setAuth(account.user(), account.secret());
    Outcome outcome = request.getMethod() == HttpMethod.GET ? get(request) : post(request);
    if (outcome instanceof Outcome.Answered answered) {
      answer = answered;
      return new Response(answered.body(), answered.status());
    }
    throw new Broken(outcome);
  }

  private Outcome post(Request request) {
    return http.send(
        new HttpSender.Post(
            url(request),
            Map.of(
                "Authorization",
                request.getAuthString(),
                "Accept",
                "application/json",
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8"),
            request.encodeFormBody(),
            account.answerTimeout()),
        BodyHandlers.ofString(StandardCharsets.UTF_8),
        handOver);
  }

  private Outcome get(Request request) {
    return http.ask(
        new HttpSender.Get(
            url(request),
            Map.of("Authorization", request.getAuthString(), "Accept", "application/json"),
            account.answerTimeout()),
        BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** The SDK knows Twilio's own addresses only. */
  private URI url(Request request) {
    URL asTwilio = request.constructURL();
    return account.url(asTwilio.getFile());
  }

  @Override
  public void logRequest(Request request) {}

  /** No answer came, through the SDK's code up to its caller. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Outcome outcome;

    Broken(Outcome outcome) {
      super("no answer of Twilio's came", null, false, false);
      this.outcome = outcome;
    }

    Outcome outcome() {
      return outcome;
    }
  }
}
