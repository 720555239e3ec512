package io.ripen.app.local;

import io.ripen.app.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL with one database, {@code ripen}, whose owner has a password. */
final class PostgresServer implements Server {

  static final String USER = "ripen";
  private static final String DATABASE = "ripen";
  private static final String WRONG_PASSWORD = "28P01";

  private final Path home;
  private final Path data;
  private final Path log;
  private final int port;
  private final String password;
  private final OrdinaryUser user;

  PostgresServer(Path home, DataFolder folder, int port, String password) {
    this.home = home;
    this.data = folder.of(Part.POSTGRES);
    this.log = folder.log(Part.POSTGRES);
    this.port = port;
    this.password = password;
    this.user = OrdinaryUser.find();
  }

  @Override
  public Part part() {
    return Part.POSTGRES;
  }

  @Override
  public void prepare() throws IOException {
    if (Files.exists(data.resolve("PG_VERSION"))) {
      requireOurVersion();
      removeOldPidFile();
      user.own(data);
      return;
    }
    Path half = data.resolveSibling("postgres.half");
    FileSystemUtils.deleteRecursively(half);
    Files.createDirectory(half);
    user.own(half);
    initdb(half);
    Files.move(half, data, StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * One that a killed server has left would keep the next from starting, for the pid in it may be
   * another program's by now. Two servers on one folder would destroy it.
   */
  private void removeOldPidFile() throws IOException {
    Path file = data.resolve(Postmaster.FILE);
    Optional<ProcessHandle> postmaster = Postmaster.read(file).flatMap(Postmaster::running);
    if (postmaster.isPresent()) {
      throw new Failure(
          "%s is in use by a PostgreSQL that this run has not started (process %d): end it with kill -INT %2$d, then start again"
              .formatted(data, postmaster.get().pid()));
    }
    Files.deleteIfExists(file);
  }

  private void requireOurVersion() throws IOException {
    String version = Files.readString(data.resolve("PG_VERSION")).strip();
    String ours = home.getFileName().toString().replaceFirst("postgres-(\\d+).*", "$1");
    if (!version.equals(ours)) {
      throw new Failure(
          "%s was written by PostgreSQL %s, this is PostgreSQL %s: move it to the new version with pg_upgrade, or choose another data folder with --data"
              .formatted(data, version, ours));
    }
  }

  private void initdb(Path folder) throws IOException {
    Path passwordFile = data.resolveSibling(".initdb");
    OwnerOnly.write(passwordFile, password);
    try {
      user.own(passwordFile);
      List<String> command = new ArrayList<>(user.prefix());
      command.addAll(
          List.of(
              home.resolve("bin/initdb").toString(),
              "--pgdata=" + folder,
              "--username=" + USER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--no-locale",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8",
              "--no-sync",
              "--no-instructions"));
      OneShot.run("PostgreSQL's initdb", command, ChildEnvironment.basic(), log);
    } finally {
      Files.deleteIfExists(passwordFile);
    }
  }

  @Override
  public Launch launch() {
    Path program = home.resolve("bin/postgres");
    List<String> command = new ArrayList<>(user.prefix());
    command.addAll(
        List.of(
            program.toString(),
            "-D",
            data.toString(),
            "-h",
            "127.0.0.1",
            "-p",
            Integer.toString(port),
            "-c",
            "unix_socket_directories=",
            "-c",
            "max_connections=200",
            "-c",
            "shared_buffers=128MB",
            "-c",
            "timezone=UTC",
            "-c",
            "log_timezone=UTC",
            // Otherwise what people told stands in its log with each row that it refuses.
            "-c",
            "log_error_verbosity=terse",
            "-c",
            "log_min_error_statement=panic"));
    return new Launch(command, program, data, ChildEnvironment.basic());
  }

  /** Fast shutdown: it does not wait for clients that somebody has left connected. */
  @Override
  public String stopSignal() {
    return "INT";
  }

  @Override
  public Optional<String> missing() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1) ? Optional.empty() : Optional.of("no valid connection");
    } catch (SQLException e) {
      if (WRONG_PASSWORD.equals(e.getSQLState())) {
        throw new Failure(
            "PostgreSQL does not accept the password in %s: that file and the database do not belong together"
                .formatted(data.resolveSibling("database-password")),
            e);
      }
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public void afterStart() {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select from pg_database where datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new Failure("the database could not be made: " + e.getMessage(), e);
    }
  }

  String url() {
    return url(DATABASE);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private Connection connect(String database) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", USER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "2");
    properties.setProperty("socketTimeout", "20");
    return DriverManager.getConnection(url(database), properties);
  }
}
