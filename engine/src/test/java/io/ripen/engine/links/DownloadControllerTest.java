package io.ripen.engine.links;

import static io.ripen.engine.links.Links.TOUCH;
import static io.ripen.engine.links.Links.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.ripen.engine.RipenProperties;
import io.ripen.engine.testing.FakeEventPublisher;
import io.ripen.engine.testing.TestViews;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

class DownloadControllerTest {

  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0"
          + " Safari/537.36";

  private final FakeEventPublisher kafka = new FakeEventPublisher();
  private final TouchEvents events =
      new TouchEvents(kafka, event -> {}, Links.TOLD_AT_ONCE, Links.CLOCK);

  @TempDir private Path bpmn;
  private MockMvc server;

  @BeforeEach
  void open() throws IOException {
    Path files = Files.createDirectories(bpmn.resolve(TOUCH.flow()).resolve("files"));
    Files.writeString(files.resolve("tea-guide.txt"), "From leaf to cup");
    Files.createDirectories(bpmn.resolve("another/files"));
    Files.writeString(bpmn.resolve("another/files/secret.txt"), "not theirs");
    server =
        TestViews.of(
            new DownloadController(
                signed(),
                events,
                new RipenProperties(
                    URI.create("https://go.example.com/"),
                    "a-signing-key-of-32-characters-or-more",
                    bpmn.toFile())));
  }

  private ResultActions download(String magnet, String language) throws Exception {
    String path = "/download/" + Links.token(signed().download(TOUCH, magnet));
    return server.perform(
        get(path).header("User-Agent", BROWSER).header("Accept-Language", language));
  }

  @Test
  void a_file_is_handed_out_and_told_of() throws Exception {
    download("tea-guide", "en")
        .andExpect(status().isOk())
        .andExpect(content().string("From leaf to cup"))
        .andExpect(
            header().string("Content-Disposition", "attachment; filename=\"tea-guide.txt\""));
    await().atMost(Duration.ofMinutes(1)).until(() -> !kafka.published().isEmpty());
    assertThat(kafka.published().getFirst().name()).isEqualTo("Lead Magnet Downloaded");
  }

  @ParameterizedTest
  @CsvSource({
    "gone, en, Your link is right",
    "secret, en, Your link is right",
    "../tea-guide, en, Your link is right",
    "gone, hu, A linkje jó",
    "gone, ru, Ваша ссылка верна",
  })
  void who_asks_for_a_file_that_is_gone_is_not_to_blame(
      String magnet, String language, String words) throws Exception {
    download(magnet, language)
        .andExpect(status().isGone())
        .andExpect(content().string(containsString(words)))
        .andExpect(content().string(not(containsString("not complete"))));
    events.close();
    assertThat(kafka.published()).isEmpty();
  }

  @Test
  void a_link_that_is_not_ours_is_still_none() throws Exception {
    server.perform(get("/download/other")).andExpect(status().isNotFound());
  }
}
