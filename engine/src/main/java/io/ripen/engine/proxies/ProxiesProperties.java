package io.ripen.engine.proxies;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.catalina.util.NetMask;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The proxies that may say for whom they ask.
 *
 * @param trustedProxies addresses and networks, as {@code 10.0.0.5} and {@code 10.0.0.0/8}; none
 *     unless told, since from loopback a visitor's own browser may come, too
 */
@ConfigurationProperties("ripen")
record ProxiesProperties(@DefaultValue List<String> trustedProxies) {

  /** No names: whoever answers for a name could make itself trusted. */
  private static final Pattern NETWORK =
      Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*)(/\\d{1,3})?");

  ProxiesProperties {
    trustedProxies = trustedProxies.stream().map(ProxiesProperties::network).toList();
  }

  /** As Tomcat reads them; without a slash it would take them for a regular expression. */
  String networks() {
    return trustedProxies.stream().collect(Collectors.joining(","));
  }

  private static String network(String told) {
    Matcher parts = NETWORK.matcher(told.strip());
    if (parts.matches()) {
      String address = parts.group(1);
      String alone = address.contains(":") ? "/128" : "/32";
      String network = address + (parts.group(2) == null ? alone : parts.group(2));
      try {
        return new NetMask(network).toString();
      } catch (IllegalArgumentException e) {
        throw wrong(told);
      }
    }
    throw wrong(told);
  }

  private static IllegalArgumentException wrong(String told) {
    return new IllegalArgumentException(
        "ripen.trusted-proxies names '%s' (expected: addresses or networks, such as 10.0.0.5,"
                .formatted(told)
            + " 10.0.0.0/8 or fd00::/8)");
  }
}
