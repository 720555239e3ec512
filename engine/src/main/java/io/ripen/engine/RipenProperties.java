package io.ripen.engine;

import java.io.File;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What every role needs to know.
 *
 * @param publicUrl where people's browsers and mail programs reach this server, without a slash at
 *     the end
 * @param signingKey the secret that signs links; the same in all processes, 32 characters or more
 * @param bpmn the folder with flows, tables and messages; a relative one is found from where the
 *     process was started (Spring would look for a {@code Path} among the web resources)
 */
@ConfigurationProperties("ripen")
public record RipenProperties(URI publicUrl, String signingKey, File bpmn) {}
