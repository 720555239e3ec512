package io.ripen.app.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

class ClockControllerTest {

  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");

  private final MockMvcTester http =
      MockMvcTester.create(
          MockMvcBuilders.standaloneSetup(
                  new ClockController(
                      Clock.fixed(NOW, ZoneOffset.UTC),
                      new StaticListableBeanFactory().getBeanProvider(LocalStack.class)))
              .build());

  @Test
  void tells_the_time() {
    assertThat(http.get().uri("/api/local/clock"))
        .hasStatusOk()
        .bodyJson()
        .extractingPath("$.now")
        .isEqualTo(NOW.toString());
  }

  @Test
  void form_of_another_site_cannot_move_it() {
    assertThat(
            http.post()
                .uri("/api/local/clock")
                .contentType(MediaType.TEXT_PLAIN)
                .content("{\"advance\":\"PT1H\"}"))
        .hasStatus(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
  }

  @Test
  void time_of_a_zeebe_that_runs_elsewhere_cannot_be_moved() {
    assertThat(
            http.post()
                .uri("/api/local/clock")
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"advance\":\"PT1H\"}"))
        .hasStatus(HttpStatus.CONFLICT);
  }
}
