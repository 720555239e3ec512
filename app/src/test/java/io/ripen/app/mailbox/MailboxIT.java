package io.ripen.app.mailbox;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import io.ripen.app.web.Chromium;
import io.ripen.app.web.LocalPages;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The mailbox's pages in a real Chromium, with mails that came by real SMTP. */
@SpringBootTest(
    classes = LocalPages.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = "ripen.local.smtp.port=0")
@ActiveProfiles("local")
class MailboxIT {

  private static final String HTML =
      """
      <!doctype html><html><body><div style="display:none">Még melegen tartjuk</div>
      <h1>Szia, Ági!</h1><a href="%s">Vissza a kosárhoz</a>
      <script>document.body.textContent = 'a script ran'</script></body></html>
      """;

  @TempDir static Path folder;
  private static Chromium chromium;

  @Autowired private Mailbox mailbox;
  @Autowired private SmtpSink sink;
  @LocalServerPort private int port;
  private BrowserContext reader;

  @DynamicPropertySource
  static void folder(DynamicPropertyRegistry registry) {
    registry.add("ripen.local.smtp.folder", () -> folder);
  }

  @BeforeAll
  static void startChromium() {
    chromium = Chromium.start();
  }

  @AfterAll
  static void stopChromium() {
    chromium.close();
  }

  @BeforeEach
  void open() throws IOException {
    mailbox.deleteAll();
    reader = chromium.visitor(1280, 900);
  }

  @AfterEach
  void close() {
    reader.close();
  }

  @Test
  void a_mail_appears_by_itself_and_is_shown_as_its_reader_will_see_it() throws MessagingException {
    Page page = reader.newPage();
    page.navigate(url("/mailbox"));
    assertThat(page.getByText("No mail yet")).isVisible();

    Mails.send(
        sink.port(), "agi@example.com", "Árvíztűrő чайник 🫖", "Szia!", HTML.formatted(url("/")));

    assertThat(page.getByTestId("mail")).hasCount(1);
    assertThat(page.getByTestId("mail")).containsText("agi@example.com");
    assertThat(page.getByTestId("mail")).containsText("Árvíztűrő чайник 🫖");
    assertThat(page.getByTestId("mail")).containsText("Még melegen tartjuk");
    page.getByTestId("mail").click();
    assertThat(page.getByTestId("mail-subject")).hasText("Árvíztűrő чайник 🫖");
    assertThat(page.getByTestId("mail-unsubscribe"))
        .hasAttribute("href", "https://ripen.example/unsubscribe/abc");
    FrameLocator mail = page.frameLocator("[data-testid=mail-html]");
    assertThat(mail.locator("h1")).hasText("Szia, Ági!");
    assertThat(mail.locator("body")).not().hasText("a script ran");
    Page opened = reader.waitForPage(() -> mail.getByText("Vissza a kosárhoz").click());
    assertThat(opened.url()).isEqualTo(url("/"));

    page.getByText("Text", new Page.GetByTextOptions().setExact(true)).click();
    assertThat(page.getByTestId("mail-text")).hasText("Szia!");
    page.getByText("Headers").click();
    assertThat(page.getByTestId("mail-headers")).containsText("List-Unsubscribe=One-Click");
    page.getByText("Source").click();
    assertThat(page.locator("pre")).containsText("Delivered-To: agi@example.com");
  }

  @Test
  void a_malformed_mail_breaks_no_page() throws IOException {
    Mails.sendRaw(
        sink.port(),
        "agi@example.com",
        "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%%");
    Page page = reader.newPage();
    page.navigate(url("/mailbox"));
    page.getByTestId("mail").click();

    assertThat(page.getByTestId("mail-to")).hasText("agi@example.com");
    assertThat(page.getByTestId("mail-subject")).hasText("(no subject)");
  }

  @Test
  void finds_and_deletes() throws MessagingException {
    Mails.send(sink.port(), "anna@example.com", "Teapot", "one", HTML);
    Mails.send(sink.port(), "agi@example.com", "Vase", "two", HTML);
    Page page = reader.newPage();
    page.navigate(url("/mailbox"));
    page.getByPlaceholder("Address or words").fill("ANNA");
    page.getByText("Search", new Page.GetByTextOptions().setExact(true)).last().click();
    assertThat(page.getByTestId("mail")).hasCount(1);
    page.onDialog(dialog -> dialog.accept());
    page.getByText("Delete all").click();

    assertThat(page.getByText("No mail yet")).isVisible();
    assertThat(mailbox.size()).isZero();
  }

  @Test
  void tells_programs_what_was_sent() throws Exception {
    Mails.send(
        sink.port(), "anna@example.com", "Teapot", "one", HTML.formatted("https://a.example/r/1"));
    Mails.send(sink.port(), "agi@example.com", "Vase", "two", HTML);

    JsonNode list = get("/api/local/mailbox?to=anna@example.com");
    assertThat(list).hasSize(1);
    assertThat(list.at("/0/subject").asString()).isEqualTo("Teapot");
    JsonNode mail = get("/api/local/mailbox/" + list.at("/0/id").asString());
    assertThat(mail.path("text").asString()).isEqualTo("one");
    assertThat(mail.path("html").asString()).contains("<h1>");
    assertThat(mail.at("/to/0").asString()).isEqualTo("anna@example.com");
    assertThat(mail.at("/headers/Subject/0").asString()).isEqualTo("Teapot");
    assertThat(mail.at("/links/0").asString()).isEqualTo("https://a.example/r/1");
    assertThat(mail.path("unsubscribe").asString()).isNotEmpty();
    assertThat(answer("GET", "/api/local/mailbox/nothing").statusCode()).isEqualTo(404);
    assertThat(answer("DELETE", "/api/local/mailbox").statusCode()).isEqualTo(204);
    assertThat(get("/api/local/mailbox")).isEmpty();
  }

  @Test
  void times_are_for_people_before_any_script_has_run() throws Exception {
    Mails.send(sink.port(), "anna@example.com", "Teapot", "one", HTML);

    String list = answer("GET", "/mailbox").body();

    assertThat(list).containsPattern(">\\d+ \\w+ \\d{4}, \\d\\d:\\d\\d UTC</time>");
    String id = get("/api/local/mailbox").at("/0/id").asString();
    assertThat(answer("GET", "/mailbox/" + id).body()).contains(" UTC</time>");
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(answer("GET", path).body());
  }

  private HttpResponse<String> answer(String method, String path)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }
}
