package io.ripen.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.twilio.http.Request;
import com.twilio.http.Response;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.MessageCreator;
import com.twilio.type.PhoneNumber;
import io.ripen.app.Failure;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** Twilio's SDK, over the JDK's client. */
final class BareTwilio implements Bare {

  static final String ACCOUNT = "AC" + "0".repeat(32);
  static final String SECRET = "secret";
  static final String NUMBER = "+36301112222";

  /** A page of Facebook's. */
  static final String PAGE = "1234567890";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TwilioRestClient client;
  private final String text;
  private final String from;
  private final String to;

  /**
   * @param sample the form with a message of Ripen's
   * @param to an address, with the message's number in it
   */
  BareTwilio(URI api, String sample, String from, String to) {
    this.client = new Client(api);
    this.text = text(sample);
    this.from = from;
    this.to = to;
  }

  private static String text(String form) {
    return Arrays.stream(form.split("&", 0))
        .filter(each -> each.startsWith("Body=") || each.startsWith("ContentVariables="))
        .map(each -> URLDecoder.decode(each.substring(each.indexOf('=') + 1), UTF_8))
        .findFirst()
        .orElseThrow(() -> new Failure("a message of Ripen's cannot be read: " + form));
  }

  @Override
  public void run(int caller, int number) {
    new MessageCreator(ACCOUNT, new PhoneNumber(to.formatted(number)), new PhoneNumber(from), text)
        .create(client);
  }

  @Override
  public void close() {
    http.close();
  }

  /** The SDK knows Twilio's own addresses only. */
  private final class Client extends TwilioRestClient {
    private final URI api;

    Client(URI api) {
      super(new Builder(ACCOUNT, SECRET).accountSid(ACCOUNT));
      this.api = api;
    }

    @Override
    public Response request(Request request) {
      request.setAuth(ACCOUNT, SECRET);
      try {
        HttpResponse<String> answer =
            http.send(
                HttpRequest.newBuilder(api.resolve(request.constructURL().getPath()))
                    .header("Authorization", request.getAuthString())
                    .header("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")
                    .POST(BodyPublishers.ofString(request.encodeFormBody()))
                    .build(),
                BodyHandlers.ofString());
        return new Response(answer.body(), answer.statusCode());
      } catch (IOException e) {
        throw new Failure("the sink did not answer: " + e, e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Failure("stopped", e);
      }
    }
  }
}
