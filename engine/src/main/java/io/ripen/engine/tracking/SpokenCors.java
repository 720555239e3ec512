package io.ripen.engine.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.DefaultCorsProcessor;

/** Refuses pages of strangers as all else is refused here: with the reason, in JSON. */
final class SpokenCors extends DefaultCorsProcessor {

  @Override
  protected void rejectRequest(ServerHttpResponse response) throws IOException {
    response.setStatusCode(HttpStatus.FORBIDDEN);
    response.getHeaders().setContentType(MediaType.APPLICATION_JSON);
    response
        .getBody()
        .write(
            """
            {"success": false, "message": "the page's origin, the method or a header is not allowed \
            (expected: POST, from one of ripen.sites.<name>.origins)"}"""
                .getBytes(UTF_8));
    response.flush();
  }
}
