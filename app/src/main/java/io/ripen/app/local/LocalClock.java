package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The real time plus an offset that only grows. The offset is kept in a file, so that time does not
 * go back when the server is started again. Safe for use by many threads.
 */
public final class LocalClock extends Clock {

  private final Path file;
  private volatile Duration offset;

  private LocalClock(Path file, Duration offset) {
    this.file = file;
    this.offset = offset;
  }

  static LocalClock kept(Path file) {
    try {
      return new LocalClock(
          file,
          Files.exists(file) ? Duration.parse(Files.readString(file).strip()) : Duration.ZERO);
    } catch (IOException e) {
      throw new Failure(file + " cannot be read: " + DiskSpace.why(e), e);
    } catch (DateTimeException e) {
      throw new Failure(file + " does not hold a duration such as PT25H: remove it", e);
    }
  }

  /** How far ahead of the real time it is. */
  public Duration offset() {
    return offset;
  }

  void moveTo(Duration newOffset) throws IOException {
    OwnerOnly.write(file, newOffset + "\n");
    offset = newOffset;
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(offset);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    LocalClock local = this;
    return new Clock() {
      @Override
      public Instant instant() {
        return local.instant();
      }

      @Override
      public ZoneId getZone() {
        return zone;
      }

      @Override
      public Clock withZone(ZoneId other) {
        return local.withZone(other);
      }
    };
  }
}
