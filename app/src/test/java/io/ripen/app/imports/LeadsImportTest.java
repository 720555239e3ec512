package io.ripen.app.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.MailDomains;
import io.ripen.engine.contacts.MailDomains.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LeadsImportTest {

  private static final ContactIds IDS =
      new ContactIds(ContactIds.key("a key of more than 32 characters"));

  private static final String HEADER = "\uFEFFline,reason,email";
  private static final String THIRD = "4001,'bad' is no e-mail address,bad";

  private final ByteArrayOutputStream told = new ByteArrayOutputStream();
  private final Terminal terminal =
      Terminal.plain(new PrintStream(told, true, StandardCharsets.UTF_8));

  @TempDir private Path folder;
  private FakeEngine engine;

  @BeforeEach
  void start() throws IOException {
    engine = new FakeEngine();
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  @Test
  void a_row_becomes_a_lead_with_its_traits_and_where_it_comes_from() throws IOException {
    Path file =
        file(
            """
            E-Mail;Vorname;Nachname;Telefon;Schuhgröße;Notiz
            Anna@Example.com;Anna;Szabó;030 901820;39;"ruft; gern an"
            """);
    var result = run(with(file).maps("Schuhgröße=shoeSize").country("de"));

    assertThat(result).isEqualTo(new LeadsImport.Result(1, 0));
    JsonNode event = engine.events("Lead Imported").getFirst();
    assertThat(event.path("anonymousId").asString()).isEqualTo(IDS.ofEmail("anna@example.com"));
    assertThat(event.path("properties").toString())
        .isEqualTo("{\"import\":\"list.csv\",\"line\":2}");
    assertThat(event.path("context").path("traits").toString())
        .isEqualTo(
            "{\"shoeSize\":\"39\",\"email\":\"Anna@Example.com\",\"firstName\":\"Anna\","
                + "\"lastName\":\"Szabó\",\"phone\":\"+4930901820\"}");
    assertThat(told()).contains("delimiter ';'", "left out: Notiz", "Vorname → firstName");
  }

  @Test
  void consent_is_told_with_the_words_that_were_agreed_to_the_file_and_its_date()
      throws IOException {
    Path file =
        file(
            """
            email,consented at
            anna@example.com,2026-03-29
            bela@example.com,
            """);
    run(with(file).consents("email:marketing", "sms:marketing").wording("Yes, write to me"));

    assertThat(engine.events("Consent Granted"))
        .extracting(event -> event.path("timestamp").asString("-"))
        .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T00:00:00Z", "-", "-");
    assertThat(engine.events("Consent Granted").getFirst().path("properties").toString())
        .isEqualTo(
            "{\"channel\":\"email\",\"purpose\":\"marketing\",\"wording\":\"Yes, write to me\","
                + "\"import\":\"list.csv\"}");
  }

  @Test
  void what_cannot_be_taken_is_reported_with_line_and_reason_and_can_be_mended()
      throws IOException {
    Path file =
        file(
            """
            email,phone,name
            anna@example.com,,"Anna
            Szabó"
            no address,,Bela
            ,12,Cili
            ,,Dora

            emil@example.com,,Emil,more
            ,+36 1 299 0000,Feri
            """);
    engine.refuse(event -> event.path("context").path("traits").has("phone"));

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(6, 5));
    assertThat(engine.emails()).containsExactly("anna@example.com");
    List<String> report = Files.readAllLines(folder.resolve("list.REFUSED.csv"));
    assertThat(report.getFirst()).isEqualTo("\uFEFFline,reason,email,phone,name");
    assertThat(report.subList(1, 6))
        .satisfiesExactly(
            row ->
                assertThat(row).isEqualTo("4,'no address' is no e-mail address,no address,,Bela"),
            row -> assertThat(row).startsWith("5,\"'12' is no international").contains("--country"),
            row -> assertThat(row).startsWith("6,it has neither an e-mail address nor a phone"),
            row -> assertThat(row).startsWith("8,\"it has 4 cells (expected: 3"),
            row ->
                assertThat(row)
                    .isEqualTo(
                        "9,the engine does not take it: so the test wants it,,+36 1 299 0000,Feri"));
  }

  @Test
  void one_bad_row_costs_no_other() throws IOException {
    Path file = rows(1_000);
    engine.refuse(
        event ->
            event.path("context").path("traits").path("email").asString("").startsWith("p777@"));

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(1_000, 1));
    assertThat(engine.emails()).hasSize(999).doesNotContain("p777@example.com");
    assertThat(Files.readString(folder.resolve("list.REFUSED.csv"))).contains("779,the engine");
  }

  @Test
  void a_dry_run_reports_and_sends_nothing() throws IOException {
    Path file = file("email\nanna@example.com\nnobody\n");

    assertThat(new LeadsImport(terminal, with(file).settings(), MailDomains.believed()).check())
        .isEqualTo(new LeadsImport.Result(2, 1));
    assertThat(engine.batches).hasValue(0);
    assertThat(Files.readString(folder.resolve("list.REFUSED.DRY-RUN.csv")))
        .contains("3,'nobody' is no");
    assertThat(folder.resolve("list.REFUSED.csv")).doesNotExist();
    assertThat(Progress.beside(file)).doesNotExist();
  }

  @Test
  void rows_at_domains_that_receive_no_mail_are_refused_and_each_domain_is_asked_for_once()
      throws IOException {
    Path file =
        file(
            IntStream.range(0, 6_000)
                .mapToObj(
                    i -> "p%d@%s.example".formatted(i, i % 1_000 == 7 ? "Nowhere" : "m" + i % 3))
                .collect(Collectors.joining("\n", "email,phone\n,+36 1 299 0000\nbad\n", "\n")));
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    MailDomains domains =
        domain -> {
          asked.add(domain);
          return domain.equals("nowhere.example") ? Answer.NO : Answer.YES;
        };

    assertThat(run(with(file), domains)).isEqualTo(new LeadsImport.Result(6_002, 7));
    assertThat(asked)
        .containsExactlyInAnyOrder("nowhere.example", "m0.example", "m1.example", "m2.example");
    assertThat(engine.emails()).hasSize(5_995).noneMatch(email -> email.contains("Nowhere"));
    List<String> report = Files.readAllLines(folder.resolve("list.REFUSED.csv"));
    assertThat(report).hasSize(8);
    assertThat(report.get(2))
        .isEqualTo(
            "11,nobody receives mail at nowhere.example (--any-domain takes it),p7@Nowhere.example");

    assertThat(new LeadsImport(terminal, with(file).settings(), domains).check())
        .isEqualTo(new LeadsImport.Result(6_002, 7));
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.DRY-RUN.csv"))).isEqualTo(report);
  }

  @Test
  void where_nobody_answers_for_domains_all_rows_are_taken_and_soon_nobody_is_asked()
      throws IOException {
    Path file =
        file(
            IntStream.range(0, 5_000)
                .mapToObj(i -> "p@d%d.example".formatted(i))
                .collect(Collectors.joining("\n", "email\n", "\n")));
    var asked = new AtomicInteger();

    assertThat(
            run(
                with(file),
                domain -> {
                  asked.incrementAndGet();
                  return Answer.UNKNOWN;
                }))
        .isEqualTo(new LeadsImport.Result(5_000, 0));
    assertThat(asked.get()).isBetween(50, 2_000);
    assertThat(told()).containsOnlyOnce("the domain name system does not answer");
  }

  @Test
  void an_import_that_broke_off_goes_on_where_it_was_and_repeats_nothing() throws IOException {
    Path file = rows(20_000, 5_000);
    engine.opensFor(3, 500);
    assertThatThrownBy(() -> run(with(file)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("500");
    assertThat(engine.emails()).hasSizeBetween(1_000, 15_000);

    engine.opensFor(Integer.MAX_VALUE - 100, 500);
    int batches = engine.batches.get();
    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(20_000, 1));
    assertThat(engine.batches.get() - batches).as("the rest only").isLessThan(batches * 20);
    assertThat(told()).contains("goes on behind row");
    assertThat(engine.emails()).hasSize(19_999).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.csv"))).hasSize(2);
    assertThat(Progress.beside(file)).doesNotExist();
  }

  @Test
  void a_report_that_is_no_longer_there_begins_anew_with_its_header() throws IOException {
    Path file = threeBadRows();
    Path report = folder.resolve("list.REFUSED.csv");
    Files.move(report, folder.resolve("mended.csv"));

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(Files.readAllLines(report)).containsExactly(HEADER, THIRD);
    assertThat(told()).contains("list.REFUSED.csv is no longer there", "the 2 rows");
    assertThat(folder.resolve("list.REFUSED.1.csv")).doesNotExist();
  }

  /** The report says: mend them there. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        HEADER + "\n3,'bad' is no e-mail address,mended@example.com\n",
        HEADER + "\n",
        HEADER
            + "\n2,'bad' is no e-mail address,a-longer-one@example.com"
            + "\n3,'bad' is no e-mail address,mended@example.com\n",
        HEADER + "\n2,'bad' is no e-mail address,bed\n3,'bad' is no e-mail address,bad\n"
      })
  void a_report_that_somebody_mended_is_kept_and_a_new_one_begins(String mended)
      throws IOException {
    Path file = threeBadRows();
    Path report = folder.resolve("list.REFUSED.csv");
    Files.writeString(report, mended);
    Files.writeString(folder.resolve("list.REFUSED.1.csv"), "of last week");

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(Files.readAllLines(report)).containsExactly(HEADER, THIRD);
    assertThat(folder.resolve("list.REFUSED.2.csv")).hasContent(mended);
    assertThat(folder.resolve("list.REFUSED.1.csv")).hasContent("of last week");
    assertThat(told())
        .contains("is not what this import wrote, and is kept as", "REFUSED.2.csv", "the 2 rows");
  }

  /** Or by somebody behind it: nobody can tell. */
  @Test
  void rows_that_were_reported_and_not_noted_stand_there_once() throws IOException {
    Path file = threeBadRows();
    Path report = folder.resolve("list.REFUSED.csv");
    String noted = Files.readString(report);
    Files.writeString(report, noted + THIRD + System.lineSeparator());

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(report).hasContent(noted + THIRD + System.lineSeparator());
    assertThat(folder.resolve("list.REFUSED.1.csv")).hasContent(noted + THIRD + "\n");
    assertThat(told())
        .contains("list.REFUSED.csv has more than was noted", "kept as", "REFUSED.1.csv")
        .doesNotContain("not what this import wrote");
  }

  @Test
  void where_nothing_more_is_refused_there_is_a_new_one_nonetheless() throws IOException {
    Path file = badRows(1, 2);
    Path report = folder.resolve("list.REFUSED.csv");
    Files.writeString(report, "mended");

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 2));
    assertThat(Files.readAllLines(report)).containsExactly(HEADER);
    assertThat(folder.resolve("list.REFUSED.1.csv")).hasContent("mended");
  }

  @Test
  void one_that_was_kept_is_so_for_good_when_the_import_breaks_off_again() throws IOException {
    Path file = threeBadRows();
    Path report = folder.resolve("list.REFUSED.csv");
    Files.writeString(report, "mended");
    engine.opensFor(0, 500);
    assertThatThrownBy(() -> run(with(file))).isInstanceOf(Failure.class);
    engine.opensFor(Integer.MAX_VALUE - 100, 500);

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(Files.readAllLines(report)).containsExactly(HEADER, THIRD);
    assertThat(folder.resolve("list.REFUSED.1.csv")).hasContent("mended");
    assertThat(folder.resolve("list.REFUSED.2.csv")).doesNotExist();
  }

  @Test
  void the_report_of_an_earlier_import_is_kept_as_well() throws IOException {
    Path file = file("email\nanna@example.com\nnobody\n");
    run(with(file));
    Path report = folder.resolve("list.REFUSED.csv");
    Files.writeString(report, "mended");

    run(with(file).again());
    assertThat(Files.readAllLines(report)).hasSize(2);
    assertThat(folder.resolve("list.REFUSED.1.csv")).hasContent("mended");
  }

  @Test
  void how_far_an_older_version_was_tells_the_report_by_its_length() throws IOException {
    Path file = threeBadRows();
    Path progress = Progress.beside(file);
    var json = (ObjectNode) JsonMapper.shared().readTree(Files.readString(progress));
    json.remove("refusedDigest");
    Files.writeString(progress, json.toString());

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.csv"))).hasSize(4);
    assertThat(folder.resolve("list.REFUSED.1.csv")).doesNotExist();
  }

  @Test
  void a_dry_run_between_leaves_the_report_of_an_import_that_broke_off() throws IOException {
    Path file = threeBadRows();
    new LeadsImport(terminal, with(file).settings(), MailDomains.believed()).check();

    assertThat(run(with(file))).isEqualTo(new LeadsImport.Result(5_000, 3));
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.csv"))).hasSize(4);
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.DRY-RUN.csv"))).hasSize(4);
  }

  @Test
  void a_report_never_goes_over_the_file_itself() throws IOException {
    Path file = Files.writeString(folder.resolve("a.DRY-RUN.csv"), "email\n");
    assertThatThrownBy(
            () ->
                new LeadsImport(
                    terminal, with(file).refused("a.csv").settings(), MailDomains.believed()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--refused");
  }

  /** Rows 1, 2 and 4,000 are bad: the first two are in the report when the import breaks off. */
  private Path threeBadRows() throws IOException {
    return badRows(1, 2, 4_000);
  }

  /** An import of it broke off behind the first two. */
  private Path badRows(Integer... bad) throws IOException {
    Set<Integer> rows = Set.of(bad);
    Path file =
        file(
            IntStream.rangeClosed(1, 5_000)
                .mapToObj(i -> rows.contains(i) ? "bad" : "p" + i + "@example.com")
                .collect(Collectors.joining("\n", "email\n", "\n")));
    engine.opensFor(1, 500);
    assertThatThrownBy(() -> run(with(file))).isInstanceOf(Failure.class);
    engine.opensFor(Integer.MAX_VALUE - 100, 500);
    assertThat(Files.readAllLines(folder.resolve("list.REFUSED.csv"))).hasSize(3);
    return file;
  }

  /** As after a crash in the moment between the door's answer and our note of it. */
  @Test
  void rows_that_went_through_and_were_not_written_down_count_once() throws IOException {
    Path file = rows(3_000, 10);
    run(with(file));
    Set<String> ids = ids();
    new Progress(progressOf(file), 100, 1, 1_000_000, null).write(Progress.beside(file));

    assertThat(run(with(file)).rows()).isEqualTo(3_000);
    assertThat(ids()).isEqualTo(ids);
  }

  @Test
  void the_same_file_again_is_the_same_unless_it_is_wished_or_mapped_otherwise()
      throws IOException {
    Path file = file("email,note\nanna@example.com,tall\n");
    run(with(file));
    run(with(file));
    assertThat(ids()).hasSize(1);
    run(with(file).maps("note=height"));
    assertThat(ids()).as("another mapping").hasSize(2);
    run(with(file).again());
    assertThat(ids()).as("wished").hasSize(3);
    Files.writeString(file, "email,note\nanna@example.com,taller\n");
    run(with(file));
    assertThat(ids()).as("another content").hasSize(4);
  }

  @Test
  void rows_of_one_person_come_in_their_order_with_one_id() throws IOException {
    Path file = file("email,name\nAnna@example.com,first\nanna@EXAMPLE.com,second\n");
    run(with(file));
    assertThat(engine.events("Lead Imported"))
        .extracting(event -> event.path("context").path("traits").path("name").asString())
        .containsExactly("first", "second");
    assertThat(engine.events("Lead Imported"))
        .extracting(event -> event.path("anonymousId").asString())
        .containsOnly(IDS.ofEmail("anna@example.com"));
  }

  @Test
  void a_door_that_is_shut_says_what_it_wants() throws IOException {
    Path file = file("email\nanna@example.com\n");
    engine.opensFor(0, 401);
    assertThatThrownBy(() -> run(with(file)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--write-key");
  }

  private LeadsImport.Result run(Wish wish) {
    return run(wish, MailDomains.believed());
  }

  private LeadsImport.Result run(Wish wish, MailDomains domains) {
    return new LeadsImport(terminal, wish.settings(), domains)
        .run(IDS, new Door(engine.url(), "key", Duration.ZERO));
  }

  private String progressOf(Path file) throws IOException {
    engine.opensFor(0, 500);
    assertThatThrownBy(() -> run(with(file))).isInstanceOf(Failure.class);
    engine.opensFor(Integer.MAX_VALUE - 100, 500);
    return Progress.read(Progress.beside(file)).origin();
  }

  private Set<String> ids() {
    return engine.events("Lead Imported").stream()
        .map(event -> event.path("messageId").asString())
        .collect(Collectors.toSet());
  }

  private String told() {
    return told.toString(StandardCharsets.UTF_8);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("list.csv"), text);
  }

  private Path rows(int count) throws IOException {
    return rows(count, -1);
  }

  private Path rows(int count, int bad) throws IOException {
    return file(
        IntStream.range(0, count)
            .mapToObj(i -> i == bad ? "bad" : "p" + i + "@example.com")
            .collect(Collectors.joining("\n", "email\n", "\n")));
  }

  private Wish with(Path file) {
    return new Wish(file);
  }

  /** What somebody gives on the command line. */
  private static final class Wish {

    private final Path file;
    private final List<String> maps = new ArrayList<>();
    private final List<String> consents = new ArrayList<>();
    private String wording = "";
    private String country = "";
    private boolean again;
    private @Nullable Path refused;

    Wish(Path file) {
      this.file = file;
    }

    Wish maps(String map) {
      maps.add(map);
      return this;
    }

    Wish consents(String... all) {
      consents.addAll(List.of(all));
      return this;
    }

    Wish wording(String words) {
      wording = words;
      return this;
    }

    Wish country(String code) {
      country = code;
      return this;
    }

    Wish refused(String name) {
      refused = file.resolveSibling(name);
      return this;
    }

    Wish again() {
      again = true;
      return this;
    }

    ImportSettings settings() {
      return ImportSettings.of(file, "", maps, consents, wording, country, "", "", refused, again);
    }
  }
}
