package io.ripen.engine.links;

import com.github.f4b6a3.uuid.UuidCreator;
import io.ripen.engine.RipenProperties;
import io.ripen.engine.links.SignedLinks.Click;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.servlet.ModelAndView;

/** Hands out lead magnets to whom they were promised. */
@Controller
@Profile("engine")
final class DownloadController {

  private static final Logger LOG = LoggerFactory.getLogger(DownloadController.class);

  private final SignedLinks links;
  private final TouchEvents events;
  private final Magnets magnets;

  DownloadController(SignedLinks links, TouchEvents events, RipenProperties properties) {
    this.links = links;
    this.events = events;
    this.magnets = new Magnets(properties.bpmn().toPath());
  }

  /** Returns null when the file has been written to the response. */
  @GetMapping(SignedLinks.DOWNLOAD_PATH + "{token}")
  @Nullable ModelAndView download(
      @PathVariable String token, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PrivatePage.keep(response);
    return switch (links.openDownload(token)) {
      case Opened.Genuine<Click> link -> download(link.content(), request, response);
      case Opened.Expired<Click> link -> LinkProblem.expired();
      case Opened.Forged<Click> link -> LinkProblem.forged();
    };
  }

  private @Nullable ModelAndView download(
      Click link, HttpServletRequest request, HttpServletResponse response) throws IOException {
    Optional<Path> file = magnets.find(link.touch().flow(), link.target());
    if (file.isEmpty()) {
      LOG.error(
          "Touch {} promises the file {}, and {}/files has none of this name",
          link.touch().touch(),
          link.target(),
          link.touch().flow());
      return LinkProblem.gone();
    }
    if (!Visitor.isProgram(request)) {
      events.reportVisit(
          link.target(),
          UuidCreator.getTimeOrderedEpoch().toString(),
          "Lead Magnet Downloaded",
          link.touch(),
          request.getRequestURL().toString(),
          Map.of("magnet", link.target()),
          request.getHeader("User-Agent"));
    }
    write(file.get(), response);
    return null;
  }

  private static void write(Path file, HttpServletResponse response) throws IOException {
    String name = String.valueOf(file.getFileName());
    response.setContentType(
        MediaTypeFactory.getMediaType(new FileSystemResource(file))
            .orElse(MediaType.APPLICATION_OCTET_STREAM)
            .toString());
    response.setContentLengthLong(Files.size(file));
    response.setHeader(
        HttpHeaders.CONTENT_DISPOSITION,
        ContentDisposition.attachment().filename(name).build().toString());
    response.setHeader("X-Content-Type-Options", "nosniff");
    Files.copy(file, response.getOutputStream());
  }
}
