package io.ripen.engine.geo;

import com.maxmind.db.DatabaseRecord;
import com.maxmind.db.InvalidNetworkException;
import com.maxmind.db.Networks;
import com.maxmind.db.Reader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Address;

/**
 * A database in MaxMind's format, held in memory. What is put in its place is read without a
 * restart; while that cannot be used, the one before is.
 */
final class RegionFile implements Regions {

  private static final Logger LOG = LoggerFactory.getLogger(RegionFile.class);

  /** Of a database of cities each of the first tells a zone; others tell none at all. */
  private static final int LOOKED_THROUGH = 10_000;

  private final File file;
  private Version seen;
  private volatile Reader reader;

  /** By what a file that was replaced is told from the one before. */
  private record Version(long modified, long bytes) {
    static Version of(File file) {
      return new Version(file.lastModified(), file.length());
    }
  }

  /**
   * Reads it.
   *
   * @throws Unusable when there is no such file, or it tells no time zones
   */
  RegionFile(File file) throws Unusable {
    this.file = file;
    this.seen = Version.of(file);
    this.reader = read(file);
  }

  /** Reads the file once more if it is another by now. */
  synchronized void readAgain() {
    Version now = Version.of(file);
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      // The one before is not closed: somebody may be asking it.
      reader = read(file);
      LOG.info("{} was replaced, and is used from now on", file);
    } catch (Unusable e) {
      LOG.warn(
          "{} was replaced, and {}. The one before is used until it changes", file, e.getMessage());
    }
  }

  @Override
  public Optional<ZoneId> zoneOf(String address) {
    try {
      InetAddress literal = Address.getByAddress(address);
      return zone(reader.get(literal, Map.class));
    } catch (UnknownHostException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      // Of a part of the file that nobody has looked at yet; where somebody is, is not for a log.
      LOG.debug("{} cannot tell a region: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static Reader read(File file) throws Unusable {
    if (!file.isFile()) {
      throw new Unusable("is no file", null);
    }
    try {
      Reader reader = new Reader(file, Reader.FileMode.MEMORY);
      if (!tellsZones(reader)) {
        throw new Unusable(
            "tells no time zones (it is a %s)".formatted(reader.getMetadata().databaseType()),
            null);
      }
      return reader;
    } catch (IOException | InvalidNetworkException | RuntimeException e) {
      throw new Unusable("cannot be read: " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("rawtypes") // As the library reads what has no class of its own.
  private static boolean tellsZones(Reader reader) throws IOException, InvalidNetworkException {
    Networks<Map> networks = reader.networks(Map.class);
    for (int i = 0; i < LOOKED_THROUGH && networks.hasNext(); i++) {
      DatabaseRecord<Map> network = networks.next();
      if (zone(network.data()).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<ZoneId> zone(@Nullable Map<?, ?> city) {
    if (city != null
        && city.get("location") instanceof Map<?, ?> location
        && location.get("time_zone") instanceof String zone) {
      try {
        return Optional.of(ZoneId.of(zone));
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** It is no database that we could use; the message goes on after the file's name. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}
