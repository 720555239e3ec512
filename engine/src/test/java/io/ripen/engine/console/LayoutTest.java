package io.ripen.engine.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.stereotype.Controller;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.spring6.view.ThymeleafViewResolver;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

class LayoutTest {

  @Test
  void a_page_of_the_console_has_title_navigation_and_its_own_main() throws Exception {
    String page = render("/console", "engine");

    assertThat(page).contains("<title>Trial · Ripen</title>");
    assertThat(page).contains("<a href=\"/leads\" aria-current=\"page\">Leads</a>");
    assertThat(page).contains("<main class=\"page\" id=\"x\">Hello</main>");
    assertThat(page).doesNotContain("Mailbox").doesNotContain("th:");
  }

  @Test
  void the_mailbox_is_linked_by_the_local_server_only() throws Exception {
    assertThat(render("/console", "engine", "local")).contains("href=\"/mailbox\"");
  }

  @Test
  void a_page_for_the_public_has_no_navigation() throws Exception {
    assertThat(render("/public", "engine", "local"))
        .contains("<title>Farewell</title>")
        .contains("<main class=\"page-narrow\">Bye</main>")
        .doesNotContain("/leads");
  }

  private static String render(String path, String... profiles) throws Exception {
    MockEnvironment environment = new MockEnvironment();
    environment.setActiveProfiles(profiles);
    ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
    resolver.setPrefix("templates/");
    resolver.setSuffix(".html");
    SpringTemplateEngine engine = new SpringTemplateEngine();
    engine.setTemplateResolver(resolver);
    ThymeleafViewResolver views = new ThymeleafViewResolver();
    views.setTemplateEngine(engine);
    views.setCharacterEncoding("UTF-8");
    MockMvc mvc =
        MockMvcBuilders.standaloneSetup(new Pages())
            .setControllerAdvice(new Look(environment))
            .setViewResolvers(views)
            .build();
    return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
  }

  @Controller
  static final class Pages {
    @GetMapping("/console")
    String console() {
      return "trial-console";
    }

    @GetMapping("/public")
    String unsubscribe() {
      return "trial-public";
    }
  }
}
