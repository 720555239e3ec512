package io.ripen.engine.contacts;

import java.net.IDN;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Asks the domain name system as mail servers do (RFC 5321, 5.1): for a mail exchanger, and where
 * there is none for an address; a lone "." as exchanger says that there is no mail (RFC 7505).
 * Answers are kept as long as they say. Safe for use by many threads.
 */
final class MailDomainsByDns implements MailDomains {

  private static final Logger LOG = LoggerFactory.getLogger(MailDomainsByDns.class);
  private static final int MOST_KEPT = 20_000;

  /** Who does not know it knows nothing of the world, such as a name server of a closed network. */
  private static final Name COM = Name.fromConstantString("com.");

  private final LookupSession dns;
  private final Duration patience;

  /**
   * @param patience for each of the questions; who waits longer is believed
   */
  MailDomainsByDns(Resolver resolver, Duration patience) {
    resolver.setTimeout(patience);
    var cache = new Cache(DClass.IN);
    cache.setMaxEntries(MOST_KEPT);
    this.dns = LookupSession.builder().resolver(resolver).cache(cache).build();
    this.patience = patience;
  }

  /** What an answer means. */
  private enum Found {
    SOMETHING,
    NO_MAIL,
    NOTHING,
    NO_DOMAIN,
    UNKNOWN
  }

  @Override
  public Answer ask(String domain) {
    Name name;
    try {
      name = Name.fromString(IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED), Name.root);
    } catch (IllegalArgumentException | TextParseException e) {
      return Answer.NO;
    }
    return switch (ask(name, Type.MX)) {
      case SOMETHING -> Answer.YES;
      case UNKNOWN -> Answer.UNKNOWN;
      case NO_MAIL -> Answer.NO;
      case NO_DOMAIN -> noIfAnybodyKnows();
      case NOTHING -> byAddress(name);
    };
  }

  private Answer byAddress(Name name) {
    for (int type : new int[] {Type.A, Type.AAAA}) {
      Found found = ask(name, type);
      if (found == Found.SOMETHING || found == Found.UNKNOWN) {
        return found == Found.SOMETHING ? Answer.YES : Answer.UNKNOWN;
      }
    }
    return noIfAnybodyKnows();
  }

  private Answer noIfAnybodyKnows() {
    return ask(COM, Type.NS) == Found.SOMETHING ? Answer.NO : Answer.UNKNOWN;
  }

  private Found ask(Name name, int type) {
    CompletionStage<LookupResult> answer = dns.lookupAsync(name, type);
    try {
      LookupResult result =
          answer.toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      boolean refusesMail =
          !result.getRecords().isEmpty()
              && result.getRecords().stream()
                  .allMatch(
                      record -> record instanceof MXRecord mx && mx.getTarget().equals(Name.root));
      return result.getRecords().isEmpty()
          ? Found.NOTHING
          : refusesMail ? Found.NO_MAIL : Found.SOMETHING;
    } catch (ExecutionException e) {
      return meaning(e.getCause());
    } catch (TimeoutException e) {
      LOG.info("The domain name system did not answer within {}", patience);
      return Found.UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Found.UNKNOWN;
    }
  }

  private static Found meaning(@Nullable Throwable problem) {
    if (problem instanceof NoSuchDomainException) {
      return Found.NO_DOMAIN;
    }
    if (problem instanceof NoSuchRRSetException) {
      return Found.NOTHING;
    }
    LOG.info("The domain name system could not be asked: {}", String.valueOf(problem));
    return Found.UNKNOWN;
  }
}
