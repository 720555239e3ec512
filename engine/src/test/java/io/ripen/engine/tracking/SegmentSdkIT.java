package io.ripen.engine.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.AliasMessage;
import com.segment.analytics.messages.GroupMessage;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.ScreenMessage;
import com.segment.analytics.messages.TrackMessage;
import io.ripen.engine.events.Event;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Segment's own library for Java, with nothing changed but the host. */
class SegmentSdkIT extends DoorIT {

  private final CountDownLatch delivered = new CountDownLatch(6);

  @Test
  void all_calls_of_the_sdk_arrive() throws InterruptedException {
    var analytics =
        Analytics.builder("shop-key")
            .endpoint("http://localhost:" + port)
            .callback(new Deliveries())
            .build();

    analytics.enqueue(
        TrackMessage.builder("Product Added")
            .userId("sdk-1")
            .properties(Map.of("name", "Rosé 🍷", "price", 12.5)));
    analytics.enqueue(IdentifyMessage.builder().userId("sdk-1").traits(Map.of("plan", "pro")));
    analytics.enqueue(PageMessage.builder("Home").anonymousId("sdk-2"));
    analytics.enqueue(ScreenMessage.builder("Start").anonymousId("sdk-2"));
    analytics.enqueue(GroupMessage.builder("acme").userId("sdk-1"));
    analytics.enqueue(AliasMessage.builder("sdk-2").userId("sdk-1"));
    analytics.flush();

    assertThat(delivered.await(30, TimeUnit.SECONDS)).isTrue();
    analytics.shutdown();
    List<Event> events = eventsOnTopic().stream().filter(SegmentSdkIT::fromSdk).toList();
    assertThat(events)
        .extracting(Event::type, Event::name, Event::previousId, Event::groupId)
        .containsExactlyInAnyOrder(
            tuple("track", "Product Added", null, null),
            tuple("identify", "", null, null),
            tuple("page", "Home", null, null),
            tuple("screen", "Start", null, null),
            tuple("group", "", null, "acme"),
            tuple("alias", "", "sdk-2", null));
    assertThat(events)
        .filteredOn(event -> event.type().equals("track"))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.properties().get("name").stringValue()).isEqualTo("Rosé 🍷");
              assertThat(event.context().at("/library/name").stringValue())
                  .isEqualTo("analytics-java");
            });
  }

  private static boolean fromSdk(Event event) {
    return (event.userId() + event.anonymousId()).contains("sdk-");
  }

  private final class Deliveries implements Callback {

    @Override
    public void success(Message message) {
      delivered.countDown();
    }

    @Override
    public void failure(Message message, Throwable failure) {
      throw new AssertionError(failure);
    }
  }
}
