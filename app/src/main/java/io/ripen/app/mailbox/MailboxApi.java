package io.ripen.app.mailbox;

import java.io.IOException;
import java.util.List;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The mailbox for programs: tests and the demo look here for what was sent. */
@RestController
@Profile({"local", "demo"})
@RequestMapping("/api/local/mailbox")
class MailboxApi {

  private final Mailbox mailbox;

  MailboxApi(Mailbox mailbox) {
    this.mailbox = mailbox;
  }

  /** The newest first; only those to one address, if one is given. */
  @GetMapping
  List<Mail.Summary> list(
      @RequestParam(defaultValue = "") String to, @RequestParam(defaultValue = "100") int limit) {
    return mailbox.newest(
        mail -> to.isBlank() || mail.isTo(to.strip()), Math.clamp(limit, 0, 1000));
  }

  @GetMapping("/{id}")
  ResponseEntity<Mail> mail(@PathVariable String id) {
    return ResponseEntity.of(mailbox.find(id));
  }

  @DeleteMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void deleteAll() throws IOException {
    mailbox.deleteAll();
  }
}
