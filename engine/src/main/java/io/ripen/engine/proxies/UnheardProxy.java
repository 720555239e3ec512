package io.ripen.engine.proxies;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.Globals;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/** Says once that there may be a proxy which nobody named, and what follows from it. */
final class UnheardProxy extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(UnheardProxy.class);

  private final AtomicBoolean isSaid = new AtomicBoolean();

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    boolean isUnheard =
        request.getHeader(ProxiesConfiguration.FOR) != null
            && request.getAttribute(Globals.REQUEST_FORWARDED_ATTRIBUTE) == null;
    if (isUnheard && isSaid.compareAndSet(false, true)) {
      // Whose address it is, is not for a log.
      LOG.warn(
          "A request has {}, but does not come from one of ripen.trusted-proxies, and so is not"
              + " believed. If it came through a proxy of yours, name that one there: until then"
              + " all visitors behind it are one sender",
          ProxiesConfiguration.FOR);
    }
    chain.doFilter(request, response);
  }
}
