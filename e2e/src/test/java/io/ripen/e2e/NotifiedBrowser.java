package io.ripen.e2e;

import static io.ripen.e2e.Patience.soon;

import com.google.gson.JsonObject;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * A person's browser that takes notifications, all but the push service of a real one: {@code
 * PushManager.subscribe} and {@code getSubscription} are replaced, since Chromium reaches none
 * here. The push service of the tests has the keys, permission is given beforehand, and what comes
 * is handed to the service worker by DevTools. So that a browser really subscribes, and decrypts
 * what comes, is not shown by these tests; the scripts, the service worker and what it shows are
 * Chromium's own.
 */
final class NotifiedBrowser {

  /** Subscribes as {@code pushManager} would; it forgets nothing while the page is left. */
  private static final String PLAYED =
      """
      (() => {
        const told = %s;
        const key = 'played-subscription';
        const made = () => ({
          endpoint: told.endpoint,
          options: {},
          toJSON: () => told,
          unsubscribe: async () => { localStorage.removeItem(key); return true; },
        });
        PushManager.prototype.getSubscription = async () => localStorage.getItem(key) ? made() : null;
        PushManager.prototype.subscribe = async (options) => {
          if (options.applicationServerKey.length !== 65 || !options.userVisibleOnly) throw new Error('bad options');
          localStorage.setItem(key, 'yes');
          return made();
        };
      })();
      """;

  private final String name = UUID.randomUUID().toString();
  private final PushServer.Device device = PushServer.here().device(name);

  /** Before the first page is opened. */
  void prepare(BrowserContext context, URI site) {
    context.grantPermissions(
        List.of("notifications"),
        new BrowserContext.GrantPermissionsOptions()
            .setOrigin(site.getScheme() + "://" + site.getAuthority()));
    context.addInitScript(
        PLAYED.formatted(JsonMapper.shared().writeValueAsString(device.subscription())));
  }

  List<String> received() {
    return device.received();
  }

  /** From now on its push service knows it no more. */
  void goesAway() {
    PushServer.here().forget(name);
  }

  /** The service worker of the page gets the message. */
  @SuppressWarnings("unchecked")
  Map<String, Object> shows(Page page, String message) {
    CDPSession devTools = page.context().newCDPSession(page);
    AtomicReference<JsonObject> registration = new AtomicReference<>();
    devTools.on(
        "ServiceWorker.workerRegistrationUpdated",
        event ->
            event
                .getAsJsonArray("registrations")
                .forEach(each -> registration.set(each.getAsJsonObject())));
    devTools.send("ServiceWorker.enable");
    soon("the service worker")
        .until(
            () -> {
              page.evaluate("1");
              return registration.get() != null;
            });
    JsonObject delivery = new JsonObject();
    delivery.addProperty("origin", (String) page.evaluate("location.origin"));
    delivery.addProperty("registrationId", registration.get().get("registrationId").getAsString());
    delivery.addProperty("data", message);
    devTools.send("ServiceWorker.deliverPushMessage", delivery);
    String shown =
        """
        async () => {
          const registration = await navigator.serviceWorker.getRegistration('/ripen-push/');
          const all = await registration.getNotifications();
          return all.map(({ title, body, tag, data }) => ({ title, body, tag, data }));
        }""";
    return soon("the notification")
        .until(() -> (List<Map<String, Object>>) page.evaluate(shown), list -> list.size() == 1)
        .getFirst();
  }
}
