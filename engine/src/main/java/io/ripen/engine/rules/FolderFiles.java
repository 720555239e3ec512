package io.ripen.engine.rules;

import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What lay in the folder when an engine started the last time: the table {@code folder_file}. A
 * file that has not changed since is no news, and supersedes nothing that was deployed meanwhile.
 */
public final class FolderFiles {

  private final JdbcClient jdbc;

  FolderFiles(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Whether it is another than at the last start, or new. */
  public boolean isChanged(String path, byte[] content) {
    return !jdbc.sql("select checksum from folder_file where path = :path")
        .param("path", path)
        .query(String.class)
        .optional()
        .equals(Optional.of(KeepRules.checksum(content)));
  }

  /** Notes them, once all of it is in service. */
  public void note(Map<String, byte[]> files) {
    files.forEach(
        (path, content) ->
            jdbc.sql(
                    """
                    insert into folder_file (path, checksum) values (:path, :checksum)
                    on conflict (path) do update set checksum = excluded.checksum
                    """)
                .param("path", path)
                .param("checksum", KeepRules.checksum(content))
                .update());
  }
}
