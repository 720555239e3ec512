package io.ripen.engine.estimates;

import io.ripen.engine.consents.Purposes;
import io.ripen.engine.flows.FlowLoad;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What flows come to in a day if the coming ones are as the last were, with the arithmetic. */
public final class Estimate {

  /** Which are shown to whoever is there, so that nobody has to have allowed them. */
  private static final Set<String> ON_SITE = Set.of("chat", "popup");

  /** Answers are kept as long as the lead, and so not counted with what came lately. */
  private static final String QUESTION_ANSWERED = "Question Answered";

  /** What the best channel can turn out to be. */
  private static final List<String> BEST = List.of("push", "messenger", "sms");

  /** In days; of a shorter time nothing can be told for a whole one. */
  private static final double HOUR = 1 / 24.0;

  private static final Map<String, String> WORDS =
      Map.of("email", "e-mail", "sms", "SMS", "push", "notification", "best", "best channel");

  private final Lately lately;
  private final Collection<FlowLoad> there;

  /**
   * @param there all flows that may start one another
   */
  public Estimate(Lately lately, Collection<FlowLoad> there) {
    this.lately = lately;
    this.there = there;
  }

  /**
   * One kind of start.
   *
   * @param perDay null where nobody can know
   */
  private record Start(@Nullable Double perDay, String words) {}

  /** The flow's runs in one line, and its touches by each channel and purpose in one each. */
  public List<String> of(FlowLoad load) {
    List<Start> starts = starts(load);
    double asked = sum(starts);
    double runs = asked * letIn(load);
    List<String> lines = new ArrayList<>();
    lines.add(load.flow() + ": " + runs(load, starts, asked, runs));
    // Of a flow whose runs nobody knows, only what it sent is known.
    boolean known = starts.stream().anyMatch(start -> start.perDay() != null);
    load.sends().forEach(send -> lines.add("  " + touches(load, send, known ? runs : null)));
    return lines;
  }

  private List<Start> starts(FlowLoad load) {
    List<Start> starts = new ArrayList<>();
    load.starts().forEach((signal, events) -> starts.add(bySignal(signal, events)));
    byOtherFlows(load.flow(), starts);
    Long broadcasts = lately.broadcasts().get(load.flow());
    if (broadcasts != null) {
      starts.add(new Start(perDay(broadcasts), "by ./ripen flow start"));
    }
    return starts;
  }

  private Start bySignal(String signal, Set<String> events) {
    Double awaited = lately.awaited().get(signal);
    Long counted = lately.signals().get(signal);
    if (counted != null || awaited != null) {
      return counted(signal, counted == null ? 0 : counted, awaited);
    }
    // What no flow waits for is not kept; so it is told by what brings it about.
    Long changes = lately.changes().get(signal);
    if (changes != null || isCountedByName(signal)) {
      return new Start(perDay(changes == null ? 0 : changes), "by " + signal);
    }
    if (!events.isEmpty() && !events.contains(QUESTION_ANSWERED)) {
      double came =
          events.stream().mapToLong(event -> lately.events().getOrDefault(event, 0L)).sum();
      return new Start(
          came / Math.clamp(lately.days(), HOUR, 1),
          "at most by %s, as %s came in the last day"
              .formatted(signal, String.join(" or ", events)));
    }
    return new Start(null, signal);
  }

  /** By the time that it has been kept for, which for a new flow is shorter than all of it. */
  private Start counted(String signal, long times, @Nullable Double awaited) {
    double days =
        Math.max(Math.min(awaited == null ? lately.days() : awaited, lately.days()), HOUR);
    return new Start(
        times / days,
        days < lately.days() * 0.9
            ? "by %s (counted for %s)".formatted(signal, span(days))
            : "by " + signal);
  }

  /** Of these all that came are known, and so is that none did. */
  private static boolean isCountedByName(String signal) {
    return !signal.equals("stage.changed")
        && Stream.of("segment.entered.", "stage.", "became.").anyMatch(signal::startsWith);
  }

  private void byOtherFlows(String flow, List<Start> starts) {
    Long counted = lately.byFlows().get(flow);
    if (counted != null) {
      starts.add(new Start(perDay(counted), "by other flows"));
      return;
    }
    for (FlowLoad other : there) {
      if (other.startsFlows().contains(flow) && !other.flow().equals(flow)) {
        double runs =
            letIn(other)
                * other.starts().entrySet().stream()
                    .map(start -> bySignal(start.getKey(), start.getValue()).perDay())
                    .mapToDouble(perDay -> perDay == null ? 0 : perDay)
                    .sum();
        starts.add(new Start(runs, "at most by the flow " + other.flow()));
      }
    }
  }

  private String runs(FlowLoad load, List<Start> starts, double asked, double runs) {
    String unknown =
        starts.stream()
            .filter(start -> start.perDay() == null)
            .map(Start::words)
            .collect(Collectors.joining(", "));
    String notKnown =
        unknown.isEmpty()
            ? ""
            : "not known: %s, as no flow has waited for it yet".formatted(unknown);
    List<Start> known = starts.stream().filter(start -> start.perDay() != null).toList();
    if (known.isEmpty()) {
      return notKnown.isEmpty()
          ? "starts by hand or by ./ripen flow start, which nobody did lately"
          : "runs a day are " + notKnown;
    }
    String sum =
        known.stream()
            .map(start -> number(start.perDay()) + " " + start.words())
            .collect(Collectors.joining(" + "));
    Lately.Entries entries = entries(load);
    String share =
        entries == null
            ? ""
            : ", of which %s may enter, as %,d of %,d did"
                .formatted(number(runs), entries.letIn(), entries.asked());
    return "about %s runs a day = %s%s%s"
        .formatted(number(asked), sum, share, notKnown.isEmpty() ? "" : "; " + notKnown);
  }

  private String touches(FlowLoad load, FlowLoad.Send send, @Nullable Double runs) {
    String what =
        "%s, %s".formatted(WORDS.getOrDefault(send.channel(), send.channel()), send.purpose());
    String sent = "%s a day were sent lately".formatted(number(perDay(sent(load, send))));
    if (runs == null) {
      return "%s: %s".formatted(what, sent);
    }
    Double allowed = allowed(load, send);
    return "%s: at most %s touches a day = %s runs × %d %s%s; %s"
        .formatted(
            what,
            number(runs * send.steps() * (allowed == null ? 1 : allowed)),
            number(runs),
            send.steps(),
            send.steps() == 1 ? "step" : "steps",
            allowed == null
                ? ""
                : String.format(Locale.ROOT, " × %.0f %% who allow it", allowed * 100),
            sent);
  }

  private long sent(FlowLoad load, FlowLoad.Send send) {
    Map<String, Long> touches = lately.touches().getOrDefault(load.flow(), Map.of());
    return (send.channel().equals("best") ? BEST : List.of(send.channel()))
        .stream()
            .mapToLong(channel -> touches.getOrDefault(way(channel, send.purpose()), 0L))
            .sum();
  }

  /** The share of those who started the flow who may be sent this; null where nobody counted. */
  private @Nullable Double allowed(FlowLoad load, FlowLoad.Send send) {
    if (ON_SITE.contains(send.channel())
        || send.channel().equals("best")
        || !Purposes.OFFERS.contains(send.purpose())) {
      return null;
    }
    long came = 0;
    long allowing = 0;
    for (String signal : load.starts().keySet()) {
      came += lately.signals().getOrDefault(signal, 0L);
      allowing +=
          lately
              .allowed()
              .getOrDefault(signal, Map.of())
              .getOrDefault(way(send.channel(), send.purpose()), 0L);
    }
    return came == 0 ? null : (double) allowing / came;
  }

  private double letIn(FlowLoad load) {
    Lately.Entries entries = entries(load);
    return entries == null ? 1 : (double) entries.letIn() / entries.asked();
  }

  private Lately.@Nullable Entries entries(FlowLoad load) {
    Lately.Entries entries = lately.entries().get(load.flow());
    return load.asksWhoMayEnter() && entries != null && entries.asked() > 0 ? entries : null;
  }

  private static double sum(List<Start> starts) {
    return starts.stream()
        .map(Start::perDay)
        .mapToDouble(perDay -> perDay == null ? 0 : perDay)
        .sum();
  }

  private double perDay(long count) {
    return count / Math.max(lately.days(), HOUR);
  }

  private static String way(String channel, String purpose) {
    return channel + "." + purpose;
  }

  /** So many days in words. */
  public static String span(double days) {
    long hours = Math.max(Math.round(days * 24), 1);
    return days >= 1.5
        ? String.format(Locale.ROOT, "%.0f days", days)
        : hours == 1 ? "1 hour" : hours + " hours";
  }

  /** As much of a number as somebody can use. */
  static String number(@Nullable Double perDay) {
    double number = perDay == null ? 0 : perDay;
    if (number > 0 && number < 0.05) {
      return "less than 0.1";
    }
    return number < 9.95
        ? String.format(Locale.ROOT, "%.1f", number).replaceFirst("\\.0$", "")
        : String.format(Locale.ROOT, "%,.0f", number);
  }
}
