package io.ripen.engine.flows;

import io.ripen.engine.content.MessageCheck;
import io.ripen.engine.feel.Feel;
import io.ripen.engine.forms.FormsFolder;
import io.ripen.engine.segments.Segment;
import io.ripen.engine.segments.Segments;
import io.ripen.engine.tables.InvalidTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that a flow has to be, by what lies around it. */
final class FlowRules {

  private final Path bpmn;
  private final Feel feel;
  private final Existing existing;

  FlowRules(Path bpmn, Feel feel, Existing existing) {
    this.bpmn = bpmn;
    this.feel = feel;
    this.existing = existing;
  }

  /**
   * In the order in which they speak.
   *
   * @param files what Zeebe has or gets: flows, tables, and forms of tasks
   */
  List<FlowRule> with(Collection<Path> files) {
    Collection<Segment> segments = segments(bpmn);
    Map<String, Set<String>> forms = FormIds.read(files);
    SignalNames signals = SignalNames.read(bpmn, segments);
    return List.of(
        new ProcessRule(),
        new PathRule(),
        new LoopRule(),
        new GatewayRule(),
        new WaitRule(feel),
        new SignalRule(signals),
        new CorrelationRule(signals, feel, forms),
        new SendRule(new MessageCheck(bpmn), feel),
        new StepRule(feel, segments),
        new FeelRule(feel),
        new VariableRule(feel, forms),
        new CalledRule(CallableIds.in(files), existing),
        new TemplateRule(ElementTemplates.read(bpmn)),
        new FieldRule(),
        new FormRule(forms.keySet()),
        new PopupFormRule(new FormsFolder(bpmn).names()),
        new ChangedIdRule(existing),
        // After all that may have said it better.
        new ZeebeRule(),
        new DrawingRule());
  }

  /** None where the file cannot be read: its own check tells of it. */
  static Collection<Segment> segments(Path bpmn) {
    try {
      return Segments.read(bpmn.resolve(Segments.FILE.name())).all();
    } catch (InvalidTable e) {
      return List.of();
    }
  }
}
