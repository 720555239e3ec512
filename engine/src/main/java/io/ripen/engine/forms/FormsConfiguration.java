package io.ripen.engine.forms;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.events.EventJson;
import io.ripen.engine.events.EventPublisher;
import io.ripen.engine.tracking.Sites;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.thymeleaf.ITemplateEngine;

/** Puts the forms together. */
@Configuration(proxyBeanMethods = false)
@Profile("engine")
@EnableConfigurationProperties(FormsProperties.class)
class FormsConfiguration {

  @Bean
  FormsFolder formsFolder(RipenProperties ripen) {
    var forms = new FormsFolder(ripen.bpmn().toPath());
    forms.check();
    return forms;
  }

  @Bean
  FormTokens formTokens(RipenProperties ripen) {
    return new FormTokens(ripen.signingKey(), new SecureRandom());
  }

  @Bean
  SubmitForm.Guards guards(FormTokens tokens, FormsProperties properties, MeterRegistry meters) {
    return new SubmitForm.Guards(
        tokens,
        new SenderLimit(
            properties.perMinute(), Duration.ofMinutes(1), TimeMeter.SYSTEM_MILLISECONDS),
        new SenderLimit(
            properties.perMailbox(), Duration.ofHours(1), TimeMeter.SYSTEM_MILLISECONDS),
        new SenderLimit(properties.perNumber(), Duration.ofHours(1), TimeMeter.SYSTEM_MILLISECONDS),
        new FormMetrics(meters),
        properties.quickest(),
        properties.openFor());
  }

  @Bean
  SubmitForm submitForm(
      SubmitForm.Guards guards,
      MailDomains domains,
      EventJson json,
      EventPublisher publisher,
      Clock clock) {
    return new SubmitForm(guards, new CheckValues(domains), new FormEvents(json), publisher, clock);
  }

  @Bean
  FormController formController(
      FormsFolder forms,
      ITemplateEngine templates,
      SubmitForm submitForm,
      FormTokens tokens,
      FormController.Place place) {
    return new FormController(forms, new FormPages(templates, forms), submitForm, tokens, place);
  }

  @Bean
  FormController.Place placeOfForms(Sites sites, Clock clock, FormsProperties properties) {
    return new FormController.Place(sites, clock, properties.quickest());
  }
}
