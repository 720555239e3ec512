package io.ripen.engine.monitoring;

import java.util.Set;

/** How far the stream of one Zeebe partition was read, and which streams of it have ended. */
final class Place {

  final int partition;
  final Set<String> former;
  String stream;
  long position;

  Place(int partition, String stream, long position, Set<String> former) {
    this.partition = partition;
    this.stream = stream;
    this.position = position;
    this.former = former;
  }

  /** Whether the record is the first of another stream than the one that was read so far. */
  boolean isLeftFor(ExportedRecord record) {
    return !record.stream().equals(stream) && !former.contains(record.stream());
  }

  /** Goes to where another stream begins; nothing of the one so far is read any more. */
  void leaveFor(String other) {
    if (!stream.isEmpty()) {
      former.add(stream);
    }
    stream = other;
    position = -1;
  }

  /** Moves on to a record that has not been read yet; stays where it is for all others. */
  boolean moveTo(ExportedRecord record) {
    if (!record.stream().equals(stream) || record.position() <= position) {
      return false;
    }
    position = record.position();
    return true;
  }
}
