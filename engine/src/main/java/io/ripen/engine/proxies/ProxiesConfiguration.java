package io.ripen.engine.proxies;

import org.apache.catalina.valves.RemoteIpValve;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Lets trusted proxies say who asks, by which scheme and which name, before any filter looks at the
 * request. There is none for the path: it is what the request says.
 */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(ProxiesProperties.class)
class ProxiesConfiguration {

  static final String FOR = "X-Forwarded-For";

  @Bean
  WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> trustedProxies(
      ProxiesProperties proxies) {
    return server -> {
      var valve = new RemoteIpValve();
      valve.setInternalProxies(proxies.networks());
      valve.setRemoteIpHeader(FOR);
      valve.setProtocolHeader("X-Forwarded-Proto");
      valve.setHostHeader("X-Forwarded-Host");
      valve.setPortHeader("X-Forwarded-Port");
      server.addEngineValves(valve);
    };
  }

  @Bean
  UnheardProxy unheardProxy() {
    return new UnheardProxy();
  }
}
