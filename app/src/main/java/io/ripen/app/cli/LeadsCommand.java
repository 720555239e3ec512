package io.ripen.app.cli;

import io.ripen.app.Failure;
import io.ripen.app.Terminal;
import io.ripen.app.imports.Door;
import io.ripen.app.imports.ImportSettings;
import io.ripen.app.imports.LeadsImport;
import io.ripen.app.remote.EngineApi;
import io.ripen.engine.contacts.ContactIds;
import io.ripen.engine.contacts.MailDomains;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LoggingSystem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "leads",
    mixinStandardHelpOptions = true,
    description = "Bring leads in, hand over what is held of one, erase one.")
final class LeadsCommand implements Runnable {

  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(spec.commandLine().getOut());
    }
  }

  @Command(
      name = "import",
      mixinStandardHelpOptions = true,
      description = "Import leads from a CSV file, through the door of a running engine.",
      footer = {
        "",
        "Columns with the usual names are known (email, phone, first name, Vorname, имя, …);",
        "--map names others, and may name any trait of your own: --map \"Shoe size=shoeSize\".",
        "Further fields: userId (what your site knows the person by), consentedAt (a date).",
        "",
        "Ctrl-C or a crash does no harm: the same command goes on where it was, and no row",
        "counts twice. People with the same e-mail address, however it is capitalised, are one."
      })
  static final class Import implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration DNS_PATIENCE = Duration.ofSeconds(2);

    private final Terminal terminal;

    @Mixin private EngineOptions engine = new EngineOptions();

    @Parameters(paramLabel = "FILE.csv", description = "its first line names the columns")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "check all rows and send nothing; needs no server")
    private boolean dryRun;

    @Option(
        names = "--map",
        paramLabel = "COLUMN=FIELD",
        description = "what columns tell, as \"E-Mail=email,Vorname=firstName\"")
    private List<String> maps = new ArrayList<>();

    @Option(
        names = "--consent",
        paramLabel = "CHANNEL:PURPOSE",
        split = ",",
        description = "what all people in the file allowed, as email:marketing")
    private List<String> consents = new ArrayList<>();

    @Option(
        names = "--consent-wording",
        paramLabel = "TEXT",
        description = "the words that they agreed to; kept as proof, with the file's name")
    private String wording = "";

    @Option(
        names = "--country",
        paramLabel = "CC",
        description = "whose phone numbers are written without a country's code, as DE")
    private String country = "";

    @Option(
        names = "--source",
        paramLabel = "NAME",
        description = "what reports call the list (default: the file's name)")
    private String source = "";

    @Option(
        names = "--delimiter",
        paramLabel = "CHAR",
        description = "between cells (default: what the first line has most of , ; | and tab)")
    private String delimiter = "";

    @Option(
        names = "--encoding",
        paramLabel = "NAME",
        description = "of the file (default: UTF-8, or what its byte order mark says)")
    private String encoding = "";

    @Option(
        names = "--refused",
        paramLabel = "FILE",
        description =
            "where refused rows go (default: beside the file, as NAME.REFUSED.csv); those of a dry run go beside it, as NAME.REFUSED.DRY-RUN.csv")
    private @Nullable Path refused;

    @Option(
        names = "--any-domain",
        description = "take addresses at domains that receive no mail, too; asks no DNS")
    private boolean anyDomain;

    @Option(names = "--again", description = "import once more what was imported before")
    private boolean again;

    @Option(
        names = "--write-key",
        paramLabel = "KEY",
        defaultValue = "local-shop",
        description = "the write key of the site to import for (default: ${DEFAULT-VALUE})")
    private String writeKey = "local-shop";

    Import(Terminal terminal) {
      this.terminal = terminal;
    }

    @Override
    public Integer call() {
      ImportSettings settings =
          ImportSettings.of(
              file, source, maps, consents, wording, country, encoding, delimiter, refused, again);
      var leads = new LeadsImport(terminal, settings, mailDomains());
      LeadsImport.Result result = dryRun ? leads.check() : send(leads);
      terminal.say(
          "@|green %s|@ %,d rows, refused %,d"
              .formatted(dryRun ? "could import" : "imported", result.taken(), result.refused()));
      if (result.refused() > 0) {
        terminal.sayPlain(
            "  the refused ones, with reasons: "
                + (dryRun ? settings.refusedInDryRun() : settings.refused()),
            "yellow");
      }
      return 0;
    }

    private MailDomains mailDomains() {
      if (anyDomain) {
        return MailDomains.believed();
      }
      // The import itself says what matters of it, and nobody has set up a log.
      LoggingSystem.get(LeadsCommand.class.getClassLoader()).beforeInitialize();
      return MailDomains.byDns(DNS_PATIENCE);
    }

    private LeadsImport.Result send(LeadsImport leads) {
      var ids = new ContactIds(key());
      var isOver = new AtomicBoolean();
      var farewell =
          new Thread(
              () -> {
                if (!isOver.get()) {
                  terminal.say(
                      "Stopped behind row %,d; the same command goes on there."
                          .formatted(leads.rowsDone()));
                }
              });
      Runtime.getRuntime().addShutdownHook(farewell);
      try {
        return leads.run(ids, new Door(engine.url(), writeKey, PATIENCE));
      } catch (Failure e) {
        throw new Failure(
            "%s. %,d rows are done; the same command goes on there"
                .formatted(e.getMessage(), leads.rowsDone()),
            e);
      } finally {
        isOver.set(true);
      }
    }

    private byte[] key() {
      try {
        return HexFormat.of()
            .parseHex(engine.api().get("/api/contacts/key").path("key").asString(""));
      } catch (EngineApi.Away e) {
        throw new Failure(String.valueOf(e.getMessage()), e);
      }
    }
  }
}
