package io.ripen.engine.touches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.ripen.channels.SendResult;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Whatever happens to a touch, no log line, reason or outcome names the person. */
class NoPersonalDataInLogsIT {

  private static final List<String> PLANTED =
      List.of(FakeLeads.EMAIL, FakeLeads.FIRST_NAME, "anna.planted");

  @Test
  void nothing_that_befalls_a_touch_names_the_person() {
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Logger ours = (Logger) LoggerFactory.getLogger("io.ripen");
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    root.addAppender(lines);
    Level before = ours.getLevel();
    ours.setLevel(Level.ALL);
    StringBuilder outcomes = new StringBuilder();
    try (TouchWorld world = new TouchWorld()) {
      for (Mishap mishap : Mishap.values()) {
        mishap.befalls(world, world.aTouch());
      }
      world.provider.answers(new SendResult.Rejected("550 no such user"));
      outcomes.append(world.send(world.aTouch()));
      world.provider.answers(new SendResult.Retryable("451", Duration.ZERO));
      outcomes.append(world.send(world.aTouch()));
      world.catalog.broken = true;
      outcomes.append(world.send(world.aTouch()));
      world.catalog.broken = false;
      outcomes.append(world.send(world.aTouchTo(world.leads.aLead())));
      world.provider.behaves(
          (message, handOver) -> {
            throw new IllegalStateException("bug with " + message.to());
          });
      assertThatThrownBy(() -> world.send(world.aTouch()))
          .isInstanceOf(IllegalStateException.class);
      outcomes.append(world.sql.queryForList("select * from touch"));
      outcomes.append(world.sql.queryForList("select * from gate_decision"));
    } finally {
      ours.setLevel(before);
      root.detachAppender(lines);
    }
    String log =
        lines.list.stream().map(NoPersonalDataInLogsIT::text).collect(Collectors.joining());
    assertThat(log).contains("is rejected: 550 no such user");
    PLANTED.forEach(
        planted -> {
          assertThat(log).doesNotContain(planted);
          assertThat(outcomes.toString()).doesNotContain(planted);
        });
  }

  private static String text(ILoggingEvent line) {
    String trace =
        line.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(line.getThrowableProxy());
    return line.getFormattedMessage() + trace + "\n";
  }
}
