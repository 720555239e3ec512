package io.ripen.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code ripen demo}, against a server that runs and has other visitors, too. */
@ExtendWith(RipenExtension.class)
class DemoIT {

  private final LocalRipen ripen;

  DemoIT(LocalRipen ripen) {
    this.ripen = ripen;
  }

  @Test
  void demo_tells_the_story_and_others_in_the_shop_do_not_confuse_it() {
    CountDownLatch closing = new CountDownLatch(1);
    CompletableFuture<Integer> others = CompletableFuture.supplyAsync(() -> comeAndGo(closing));
    Child demo =
        Child.start(
            "demo",
            Build.ripen(List.of(), List.of("demo", "--url", ripen.http().uri("/").toString())),
            Map.of());
    demo.awaitEnd(Duration.ofMinutes(2));
    closing.countDown();

    assertThat(others.join()).isGreaterThan(5);
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .contains("abandoned-cart", "a mail arrives", "no mail to Jonas", "That was it.");
  }

  /** People who fill a cart and leave it for a while, about two a second; all buy in the end. */
  private int comeAndGo(CountDownLatch closing) {
    int others = 0;
    Deque<Shopper> inTheShop = new ArrayDeque<>();
    try {
      while (!closing.await(500, TimeUnit.MILLISECONDS)) {
        Shopper other = Shopper.named("other" + ++others);
        ripen.http().post(other.leavesBehind(Product.KETTLE));
        inTheShop.add(other);
        if (inTheShop.size() > 3) {
          buys(inTheShop.remove());
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    inTheShop.forEach(this::buys);
    return others;
  }

  private void buys(Shopper shopper) {
    ripen.http().post(List.of(shopper.buys(Product.KETTLE)));
  }
}
