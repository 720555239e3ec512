package io.ripen.engine.flows;

import io.camunda.zeebe.model.bpmn.instance.TimerEventDefinition;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.feel.InvalidFeel;
import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.util.regex.Pattern;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.jspecify.annotations.Nullable;

/** Waits that Zeebe can count. */
final class WaitRule implements FlowRule {

  private static final String DURATION =
      "P(?=.)(\\d+Y)?(\\d+M)?(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?";
  private static final Pattern IS_DURATION = Pattern.compile(DURATION);
  private static final Pattern IS_CYCLE = Pattern.compile("R\\d*/(.+/)?" + DURATION);
  private static final Pattern IS_CRON = Pattern.compile("(\\S+ ){5}\\S+|@\\w+");

  private final Feel feel;

  WaitRule(Feel feel) {
    this.feel = feel;
  }

  @Override
  public void check(Flow flow, Report report) {
    for (TimerEventDefinition timer : flow.all(TimerEventDefinition.class)) {
      ModelElementInstance event = timer.getParentElement();
      String duration = text(timer.getTimeDuration());
      String date = text(timer.getTimeDate());
      String cycle = text(timer.getTimeCycle());
      if (duration == null && date == null && cycle == null) {
        report.error(
            event, "wait", "it does not say how long", "write PT1H for an hour, P1D for a day");
      } else if (duration != null && !isFeel(duration, event, report)) {
        if (!IS_DURATION.matcher(duration).matches()) {
          report.error(
              event,
              "wait",
              "\"" + duration + "\" is no duration",
              "write PT30M for half an hour, PT1H for an hour, P1D for a day");
        }
      } else if (date != null && !isFeel(date, event, report) && !isDate(date)) {
        report.error(event, "wait", "\"" + date + "\" is no date", "write 2026-12-24T18:00:00Z");
      } else if (cycle != null && !isFeel(cycle, event, report) && !isCycle(cycle)) {
        report.error(
            event, "wait", "\"" + cycle + "\" does not repeat", "write R/PT1H, or a cron line");
      }
    }
  }

  private boolean isFeel(String text, ModelElementInstance event, Report report) {
    if (!text.startsWith("=")) {
      return false;
    }
    try {
      feel.check(text);
    } catch (InvalidFeel e) {
      report.error(event, "wait", String.valueOf(e.getMessage()), "correct the expression");
    }
    return true;
  }

  private static boolean isDate(String text) {
    try {
      ZonedDateTime.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static boolean isCycle(String text) {
    return IS_CYCLE.matcher(text).matches() || IS_CRON.matcher(text).matches();
  }

  private static @Nullable String text(@Nullable ModelElementInstance expression) {
    return expression == null ? null : expression.getTextContent().strip();
  }
}
