package io.ripen.engine.geo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ripen.engine.loops.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class RegionFileTest {

  private static final String LONDON = "81.2.69.142";

  @TempDir Path folder;

  private Path database() {
    return folder.resolve("city.mmdb");
  }

  private RegionFile cities() throws RegionFile.Unusable {
    new RegionsFile()
        .with("81.2.69.0/24", "Europe/London")
        .with("2001:218::/32", "Asia/Tokyo")
        .with("10.0.0.0/8", Map.of("country", Map.of("iso_code", "HU")))
        .with("11.0.0.0/8", "Nowhere/At all")
        .write(database());
    return new RegionFile(database().toFile());
  }

  @Test
  void an_address_of_either_kind_tells_its_zone() throws Exception {
    RegionFile regions = cities();

    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/London"));
    assertThat(regions.zoneOf("2001:218::1")).contains(ZoneId.of("Asia/Tokyo"));
    assertThat(regions.zoneOf("::ffff:81.2.69.142")).contains(ZoneId.of("Europe/London"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"81.2.70.1", "2001:219::1", "10.1.2.3", "11.1.2.3", "127.0.0.1", "localhost", ""})
  void what_it_does_not_know_is_in_no_region(String address) throws Exception {
    assertThat(cities().zoneOf(address)).isEmpty();
  }

  @Test
  void a_file_that_was_replaced_is_read_again() throws Exception {
    RegionFile regions = cities();
    replace(new RegionsFile().with("81.2.69.0/24", "Europe/Dublin"), 1);
    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/London"));

    regions.readAgain();
    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/Dublin"));
  }

  @Test
  void while_what_is_in_its_place_cannot_be_used_the_one_before_is() throws Exception {
    RegionFile regions = cities();
    Files.writeString(database(), "half of a file");
    regions.readAgain();
    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/London"));
    Files.delete(database());
    regions.readAgain();
    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/London"));

    replace(new RegionsFile().with("81.2.69.0/24", "Europe/Dublin"), 2);
    regions.readAgain();
    assertThat(regions.zoneOf(LONDON)).contains(ZoneId.of("Europe/Dublin"));
  }

  @Test
  void what_cannot_be_used_is_refused_at_the_start() throws Exception {
    assertThatThrownBy(() -> new RegionFile(folder.resolve("none.mmdb").toFile()))
        .hasMessage("is no file");
    Files.writeString(database(), "no database");
    assertThatThrownBy(() -> new RegionFile(database().toFile()))
        .hasMessageStartingWith("cannot be read: ");
    new RegionsFile().with("10.0.0.0/8", Map.of("location", Map.of())).write(database());
    assertThatThrownBy(() -> new RegionFile(database().toFile()))
        .hasMessage("tells no time zones (it is a Test-City)");
  }

  @Test
  void an_engine_has_them_where_a_database_is_set() throws Exception {
    var engine =
        new ApplicationContextRunner()
            .withUserConfiguration(GeoConfiguration.class)
            .withPropertyValues("spring.profiles.active=engine");
    var unused = cities();

    engine.run(context -> assertThat(context).doesNotHaveBean(Regions.class));
    engine
        .withPropertyValues("ripen.geo.database=")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Regions.class));
    engine
        .withPropertyValues("ripen.geo.database=" + database())
        .run(context -> assertThat(context).hasSingleBean(Regions.class).hasSingleBean(Loop.class));
    engine
        .withPropertyValues("ripen.geo.database=" + folder.resolve("none.mmdb"))
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasStackTraceContaining(
                        "ripen.geo.database: %s is no file (expected: a city database"
                            .formatted(folder.resolve("none.mmdb"))));
  }

  /** Later by the clock of the file system, however coarse that is. */
  private void replace(RegionsFile by, int seconds) throws IOException {
    by.write(database());
    Files.setLastModifiedTime(database(), FileTime.from(Instant.now().plusSeconds(seconds)));
  }
}
