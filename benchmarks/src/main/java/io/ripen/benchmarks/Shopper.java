package io.ripen.benchmarks;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Somebody who agrees to e-mail and leaves a cart behind. */
record Shopper(String id) {

  /** Those of a group from one number up to another, in one batch. */
  static byte[] batch(String group, int from, int to) {
    return Traffic.batch(
        IntStream.range(from, to)
            .mapToObj(number -> new Shopper(group + "-" + number))
            .flatMap(Shopper::leavesCartBehind)
            .toList());
  }

  byte[] batch() {
    return Traffic.batch(leavesCartBehind().toList());
  }

  String email() {
    return id + "@example.com";
  }

  private Stream<String> leavesCartBehind() {
    return Stream.of(
        Traffic.identify(id, email()),
        Traffic.track(
            id,
            "/account",
            "Consent Granted",
            "\"channel\":\"email\",\"purpose\":\"marketing\",\"wording\":\"Yes, write to me\""),
        Traffic.track(
            id, "/p/1", "Product Added", Traffic.product(1) + ",\"cart_id\":\"%s\"".formatted(id)));
  }

  static List<Shopper> group(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> new Shopper(name + "-" + i)).toList();
  }
}
