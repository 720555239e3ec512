package io.ripen.engine.contacts;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What forms and other systems' leads are checked by. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(ContactsProperties.class)
class ContactsConfiguration {

  @Bean
  MailDomains mailDomains(ContactsProperties properties) {
    return properties.checkDomains()
        ? MailDomains.byDns(properties.dnsTimeout())
        : MailDomains.believed();
  }
}
