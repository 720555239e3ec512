package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A running Ripen with the demo's shop and mailbox, however it was started. */
interface Ripen extends AutoCloseable {

  Http http();

  /** As its tables say it. */
  Database database();

  /** Moves the time on, at least for what its flows wait for. */
  void advance(Duration step);

  /** What the mailbox holds for an address, oldest first, as it came by SMTP. */
  default List<Mail> mailsTo(String address) {
    JsonNode list = Http.json(http().get("/api/local/mailbox?to=" + address));
    List<Mail> mails = new ArrayList<>();
    for (JsonNode mail : list) {
      mails.addFirst(mail(address, mail.get("id").asString()));
    }
    return mails;
  }

  /** One of them. */
  default Mail mail(String address, String id) {
    String source = http().get("/mailbox/%s/mail.eml".formatted(id)).body();
    return Mail.parse(address, source.getBytes(UTF_8));
  }

  @Override
  void close();
}
