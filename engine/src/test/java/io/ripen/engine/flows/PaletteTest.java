package io.ripen.engine.flows;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaletteTest {

  private static final String FLOW = "abandoned-cart";
  private static final Path BPMN = Path.of("..", "bpmn");

  @TempDir Path bpmn;
  private Path templates;

  @BeforeEach
  void aFolder() throws IOException {
    Shipped.flows(bpmn);
    templates = bpmn.resolve(ElementTemplates.FOLDER);
  }

  @Test
  void the_shipped_drop_downs_list_what_lies_in_the_folder() {
    assertThat(new FlowCheck(BPMN).palette().behind()).isEmpty();
    assertThat(choices(BPMN, ChoiceList.EMAILS))
        .contains(new Choice("reminder (abandoned-cart, qualification)", "reminder"));
    assertThat(choices(BPMN, ChoiceList.SHORT_MESSAGES))
        .contains(new Choice("nudge (abandoned-cart)", "nudge"));
    assertThat(choices(BPMN, ChoiceList.SITE_FORMS)).contains(new Choice("trial", "trial"));
    assertThat(choices(BPMN, ChoiceList.TASK_FORMS))
        .contains(new Choice("support-task", "support-task"));
    assertThat(choices(BPMN, ChoiceList.FLOWS))
        .contains(new Choice("Sales hand-off (sales-handoff)", "sales-handoff"))
        .extracting(Choice::value)
        .as("of flows that a lead alone can start")
        .doesNotContain("abandoned-cart");
    assertThat(choices(BPMN, ChoiceList.DECISIONS))
        .extracting(Choice::value)
        .contains("qualification");
    assertThat(choices(BPMN, ChoiceList.QUESTIONS))
        .contains(new Choice("topic (nurturing)", "=leadId + \":topic\""));
    assertThat(choices(BPMN, ChoiceList.LISTS))
        .containsExactly(new Choice("Event guests (event-guests)", "event-guests"));
    assertThat(choices(BPMN, ChoiceList.SEGMENTS_LEFT))
        .contains(new Choice("Full carts (full-carts)", "segment.left.full-carts"));
    assertThat(choices(BPMN, ChoiceList.STARTING_SIGNALS))
        .contains(
            new Choice("Cart changed (cart.updated)", "cart.updated"),
            new Choice(
                "Came into a segment (segment.entered.full-carts)", "segment.entered.full-carts"))
        .extracting(Choice::value)
        .doesNotContain("order.placed", "purchase.made");
    assertThat(choices(BPMN, ChoiceList.LEAD_SIGNALS))
        .extracting(Choice::value)
        .contains("answer.given", "stage.changed", "newsletter.agreed")
        .doesNotContain("question.answered", "cart.updated");
    assertThat(choices(BPMN, ChoiceList.CART_SIGNALS))
        .extracting(Choice::value)
        .containsExactly("cart.emptied", "cart.updated", "order.placed");
    assertThat(choices(BPMN, ChoiceList.ORDER_SIGNALS))
        .extracting(Choice::value)
        .containsExactly("order.cancelled", "order.placed");
  }

  @Test
  void a_new_message_is_told_by_the_check_and_listed_where_it_can_be_sent() throws IOException {
    Path message = bpmn.resolve(FLOW).resolve("messages/welcome-back.en.short.txt");
    Files.writeString(message, "Welcome back!");
    FlowCheck check = new FlowCheck(bpmn);

    assertThat(check.palette().behind())
        .extracting(Finding::toString)
        .containsExactly(
            ".camunda/element-templates: warning: drop-downs for short messages do not offer"
                + " welcome-back (abandoned-cart) → run ./ripen flow templates, which lists what"
                + " lies in the folder (choices)");

    Set<String> renewed = renewed(check);
    assertThat(renewed)
        .containsExactlyInAnyOrder(
            "send-best.json",
            "send.json",
            "send-chat.json",
            "send-messenger.json",
            "send-push.json",
            "send-sms.json",
            "show-popup.json");
    assertThat(new FlowCheck(bpmn).palette().behind()).isEmpty();
    assertThat(Files.readString(templates.resolve("send-sms.json")))
        .contains(
            """
                    {
                      "name": "welcome-back (abandoned-cart)",
                      "value": "welcome-back"
                    }
            """
                .stripTrailing());

    Files.delete(message);
    assertThat(new FlowCheck(bpmn).palette().behind())
        .extracting(Finding::problem)
        .containsExactly(
            "drop-downs for short messages offer what is not there: welcome-back (abandoned-cart)");
  }

  @Test
  void nothing_but_the_choices_changes_and_renewing_again_changes_nothing() throws IOException {
    Path file = templates.resolve("show-popup.json");
    String before = Files.readString(file);
    // As somebody's editor may have it: on one line, another width, a last line without an end.
    String others =
        before
            .replaceFirst("(?s)\"choices\": \\[.*?\\]", "\"choices\":[ ]")
            .replace("\"version\": 1,", "\"version\":1,")
            .stripTrailing();
    Files.writeString(file, others);

    assertThat(renewed(new FlowCheck(bpmn))).containsExactly("show-popup.json");
    assertThat(Files.readString(file))
        .isEqualTo(
            before
                .replace(
                    "\"choices\": [\n        {\n          \"name\": \"nudge",
                    "\"choices\":[\n        {\n          \"name\": \"nudge")
                .replace("\"version\": 1,", "\"version\":1,")
                .stripTrailing());
    assertThat(renewed(new FlowCheck(bpmn))).isEmpty();
    assertThat(templates.toFile().list()).allMatch(name -> name.endsWith(".json"));
  }

  @Test
  void a_list_of_templates_in_one_file_is_renewed_as_well() throws IOException {
    String one = Files.readString(templates.resolve("start-flow.json"));
    Files.delete(templates.resolve("start-flow.json"));
    Path all = templates.resolve("ours.json");
    Files.writeString(all, "[" + one + "]");
    String listed = Files.readString(all);
    Files.writeString(
        all, listed.replaceFirst("(?s)\"choices\": \\[.*?\\n      \\]", "\"choices\": []"));

    assertThat(renewed(new FlowCheck(bpmn))).containsExactly("ours.json");
    assertThat(Files.readString(all)).isEqualTo(listed);
  }

  @Test
  void lists_of_what_cannot_be_read_stay_as_they_are() throws IOException {
    Files.writeString(bpmn.resolve("segments.dmn"), "");
    Files.writeString(bpmn.resolve("signals.dmn"), "<");
    Files.writeString(bpmn.resolve(FLOW).resolve(FLOW + ".bpmn"), "<");
    assertThat(new FlowCheck(bpmn).palette().behind()).isEmpty();
    assertThat(renewed(new FlowCheck(bpmn))).isEmpty();
  }

  @Test
  void a_form_that_is_being_written_takes_no_choice_away() throws IOException {
    Path ofTask = bpmn.resolve("ours.form");
    Path ofSite = bpmn.resolve("forms/ours.form");
    Files.writeString(ofTask, "{\"id\": \"our-task\"}");
    Files.writeString(ofSite, "{\"components\": [{\"key\": \"question.colour\"}]}");
    assertThat(renewed(new FlowCheck(bpmn)))
        .contains("person-task.json", "answer.catch.json", "show-popup.json");

    Files.writeString(ofTask, "{\"id\": \"our");
    Files.writeString(ofSite, "{\"components\": [");
    assertThat(new FlowCheck(bpmn).palette().behind()).isEmpty();
    assertThat(renewed(new FlowCheck(bpmn))).isEmpty();
  }

  @Test
  void messages_that_cannot_be_read_take_no_choice_away() throws IOException {
    Path messages = bpmn.resolve(FLOW).resolve("messages");
    Files.move(messages, messages.resolveSibling("away"));
    Files.createSymbolicLink(messages, Path.of("nowhere"));
    assertThat(new FlowCheck(bpmn).palette().behind()).isEmpty();
    assertThat(renewed(new FlowCheck(bpmn))).isEmpty();
  }

  @Test
  void a_link_stays_a_link_and_a_file_whose_it_was() throws IOException {
    Path file = templates.resolve("show-popup.json");
    Path elsewhere = Files.move(file, bpmn.resolve("shared.json"));
    Files.createSymbolicLink(file, elsewhere);
    String before = Files.readString(file);
    Files.writeString(
        file, before.replaceFirst("(?s)\"choices\": \\[.*?\\n      \\]", "\"choices\": []"));
    Set<PosixFilePermission> ours = PosixFilePermissions.fromString("rw-rw-r--");
    Files.setPosixFilePermissions(elsewhere, ours);

    assertThat(renewed(new FlowCheck(bpmn))).containsExactly("show-popup.json");
    assertThat(file).isSymbolicLink();
    assertThat(Files.readString(elsewhere)).isEqualTo(before);
    assertThat(Files.getPosixFilePermissions(elsewhere)).isEqualTo(ours);
  }

  @Test
  void a_template_that_cannot_be_read_is_left_alone() throws IOException {
    Path broken = templates.resolve("start-flow.json");
    Files.writeString(broken, "{");
    assertThat(renewed(new FlowCheck(bpmn))).isEmpty();
    assertThat(Files.readString(broken)).isEqualTo("{");
  }

  @Test
  void one_step_sends_by_whichever_channel_is_chosen() throws IOException {
    Path flow = bpmn.resolve(FLOW).resolve(FLOW + ".bpmn");
    String drawn = Files.readString(flow);
    Files.writeString(
        flow,
        drawn
            .replaceAll(
                "io\\.ripen\\.send-[a-z]+\" zeebe:modelerTemplateVersion=\"\\d\"",
                "io.ripen.send\" zeebe:modelerTemplateVersion=\"1\"")
            .replace("type=\"send-best\"", "type=\"send-push\""));
    assertThat(Files.readString(flow)).contains("io.ripen.send\"").isNotEqualTo(drawn);
    assertThat(new FlowCheck(bpmn).all()).isEmpty();
  }

  @Test
  void what_is_chosen_past_the_palette_is_told_once_and_by_who_knows_why() throws IOException {
    Path flow = bpmn.resolve(FLOW).resolve(FLOW + ".bpmn");
    Files.writeString(
        flow, Files.readString(flow).replace("value=\"reminder\"", "value=\"no-such-message\""));
    assertThat(new FlowCheck(bpmn).check(List.of(flow)))
        .extracting(Finding::rule)
        .containsExactly("message-missing");
  }

  private static List<Choice> choices(Path folder, ChoiceList list) {
    FlowCheck check = new FlowCheck(folder);
    return new FolderChoices(
            folder, check.files().stream().filter(file -> !check.isEngines(file)).toList())
        .of(list)
        .orElseThrow();
  }

  private static Set<String> renewed(FlowCheck check) throws IOException {
    return Set.copyOf(check.palette().renew().stream().map(Palette.Renewed::file).toList());
  }
}
