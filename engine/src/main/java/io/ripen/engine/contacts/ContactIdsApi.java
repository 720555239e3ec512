package io.ripen.engine.contacts;

import io.ripen.engine.RipenProperties;
import java.util.HexFormat;
import java.util.Map;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hands the key of {@link ContactIds} to who knows the console's password, for imports. */
@RestController
@Profile("engine")
class ContactIdsApi {

  private final String key;

  ContactIdsApi(RipenProperties properties) {
    this.key = HexFormat.of().formatHex(ContactIds.key(properties.signingKey()));
  }

  @GetMapping("/api/contacts/key")
  Map<String, String> key() {
    return Map.of("key", key);
  }
}
