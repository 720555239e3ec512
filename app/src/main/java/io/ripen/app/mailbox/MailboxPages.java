package io.ripen.app.mailbox;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** The mailbox for people. */
@Controller
@Profile({"local", "demo"})
@RequestMapping("/mailbox")
class MailboxPages {

  private static final int PAGE = 50;

  /** No scripts, no forms, no way into this site; links open beside it. */
  private static final String SAFE =
      "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src * data:;"
          + " style-src * 'unsafe-inline'; font-src * data:; frame-ancestors 'self'";

  private final Mailbox mailbox;
  private final SmtpSink sink;

  MailboxPages(Mailbox mailbox, SmtpSink sink) {
    this.mailbox = mailbox;
    this.sink = sink;
  }

  @GetMapping
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "" + PAGE) int limit,
      Model model) {
    int shown = Math.clamp(limit, PAGE, 10_000);
    List<Mail.Summary> mails = mailbox.newest(matching(q), shown + 1);
    model.addAttribute("mails", mails.subList(0, Math.min(shown, mails.size())));
    model.addAttribute("more", mails.size() > shown ? shown + PAGE : null);
    model.addAttribute("q", q);
    model.addAttribute("count", mailbox.size());
    model.addAttribute("port", sink.port());
    model.addAttribute("elsewhere", sink.elsewhere().orElse(null));
    return "mailbox/list";
  }

  @GetMapping("/{id}")
  String mail(
      @PathVariable String id, @RequestParam(defaultValue = "html") String view, Model model) {
    Mail mail = mailbox.find(id).orElseThrow(MailboxPages::notFound);
    model.addAttribute("mail", mail);
    model.addAttribute("view", mail.html().isEmpty() && view.equals("html") ? "text" : view);
    if (view.equals("source")) {
      model.addAttribute("source", new String(source(id), StandardCharsets.UTF_8));
    }
    return "mailbox/mail";
  }

  @GetMapping("/{id}/html")
  void html(@PathVariable String id, HttpServletResponse response) throws IOException {
    Document page = Jsoup.parse(mailbox.find(id).orElseThrow(MailboxPages::notFound).html());
    page.outputSettings().prettyPrint(false);
    page.select("base, meta[http-equiv=refresh]").remove();
    page.head().prependElement("base").attr("target", "_blank");
    response.setHeader("Content-Security-Policy", SAFE);
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setContentType(MediaType.TEXT_HTML_VALUE);
    response.setCharacterEncoding(StandardCharsets.UTF_8);
    response.getWriter().write(page.outerHtml());
  }

  @GetMapping("/{id}/mail.eml")
  void source(@PathVariable String id, HttpServletResponse response) throws IOException {
    response.setContentType("message/rfc822");
    response.setHeader("Content-Disposition", "attachment; filename=\"%s.eml\"".formatted(id));
    response.getOutputStream().write(source(id));
  }

  @PostMapping("/delete")
  String deleteAll() throws IOException {
    mailbox.deleteAll();
    return "redirect:/mailbox";
  }

  private byte[] source(String id) {
    return mailbox.source(id).orElseThrow(MailboxPages::notFound);
  }

  private static Predicate<Mail.Summary> matching(String q) {
    String wanted = q.strip().toLowerCase(Locale.ROOT);
    return mail ->
        (String.join(" ", mail.to()) + " " + mail.subject() + " " + mail.preheader())
            .toLowerCase(Locale.ROOT)
            .contains(wanted);
  }

  private static ResponseStatusException notFound() {
    return new ResponseStatusException(HttpStatus.NOT_FOUND);
  }
}
