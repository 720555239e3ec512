package io.ripen.engine.proxies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesPropertiesTest {

  @Test
  void an_address_is_a_network_of_one() {
    var proxies = new ProxiesProperties(List.of("10.0.0.5", " 192.168.0.0/16 ", "fd00::/8", "::1"));

    assertThat(proxies.networks()).isEqualTo("10.0.0.5/32,192.168.0.0/16,fd00::/8,::1/128");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "proxy.internal",
        "10.0.0.0/33",
        "10.0.0",
        "300.0.0.1",
        ".*",
        "cafe.be",
        "::1/x",
        ""
      })
  void what_is_neither_address_nor_network_is_refused(String told) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProxiesProperties(List.of(told)))
        .withMessageContainingAll("ripen.trusted-proxies", "'" + told + "'", "10.0.0.0/8");
  }
}
