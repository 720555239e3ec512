package io.ripen.channels.webpush;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The push services that are written to. Endpoints come from browsers, so they could name any
 * server, ours and our neighbours' too: what is not allowed here is never connected to.
 */
public final class PushServices {

  /** Those of Chrome and its kin (Chromium's own is the second), Firefox, Edge and Safari. */
  public static final List<String> PUBLIC =
      List.of(
          "fcm.googleapis.com",
          "jmt17.google.com",
          "updates.push.services.mozilla.com",
          "*.push.services.mozilla.com",
          "*.notify.windows.com",
          "web.push.apple.com",
          "*.push.apple.com");

  private static final int HTTPS = 443;
  private static final Pattern HOST =
      Pattern.compile("(\\*\\.)?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+");
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:\\d{1,5})?");

  private final List<String> allowed = new ArrayList<>();

  /**
   * @param allowed hosts, which are reached by https at its own port; {@code *.example.com} is all
   *     below it. {@code http://localhost:4711} is a server of yours, and nothing but it.
   * @throws IllegalArgumentException when one is neither
   */
  public PushServices(List<String> allowed) {
    for (String each : allowed) {
      String service = each.strip().toLowerCase(Locale.ROOT);
      if (!HOST.matcher(service).matches() && !ORIGIN.matcher(service).matches()) {
        throw new IllegalArgumentException(
            ("the push service \"%s\" is no host (expected: one such as fcm.googleapis.com,"
                    + " *.push.apple.com or https://push.example.com:8443)")
                .formatted(each));
      }
      this.allowed.add(service);
    }
  }

  /** The entry of the list that lets this endpoint be written to. */
  public Optional<String> of(Subscription subscription) {
    URI endpoint = subscription.endpoint();
    String host = subscription.host();
    String scheme = String.valueOf(endpoint.getScheme()).toLowerCase(Locale.ROOT);
    boolean plain =
        scheme.equals("https") && (endpoint.getPort() == -1 || endpoint.getPort() == HTTPS);
    String origin =
        scheme + "://" + host + (endpoint.getPort() < 0 ? "" : ":" + endpoint.getPort());
    return allowed.stream()
        .filter(
            service ->
                service.contains("://")
                    ? service.equals(origin)
                    : plain
                        && (service.startsWith("*.")
                            ? host.endsWith(service.substring(1))
                            : host.equals(service)))
        .findFirst();
  }

  /** All that are allowed. */
  public List<String> allowed() {
    return List.copyOf(allowed);
  }
}
