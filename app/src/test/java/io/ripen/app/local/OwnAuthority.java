package io.ripen.app.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority of nobody's, made for a test, and a certificate of this machine signed by it. */
final class OwnAuthority {

  private static final String PASSWORD = "changeit";

  final Path certificate;
  final Path serverChain;
  final Path serverKey;

  OwnAuthority(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
    certificate = folder.resolve("authority.pem");
    serverChain = folder.resolve("server.pem");
    serverKey = folder.resolve("server.key");
    Path authority = folder.resolve("authority.p12");
    Path server = folder.resolve("server.p12");
    Path request = folder.resolve("server.csr");
    Path signed = folder.resolve("signed.pem");
    keytool(authority, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=Ours", "-ext", "bc:c");
    keytool(authority, "-exportcert", "-rfc", "-file", certificate.toString());
    keytool(server, "-genkeypair", "-keyalg", "RSA", "-dname", "CN=localhost");
    keytool(server, "-certreq", "-file", request.toString());
    keytool(
        authority,
        "-gencert",
        "-rfc",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost",
        "-infile",
        request.toString(),
        "-outfile",
        signed.toString());
    Files.writeString(serverChain, Files.readString(signed) + Files.readString(certificate));
    Files.writeString(serverKey, key(server));
  }

  private static String key(Path store) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    byte[] key = keys.getKey("it", PASSWORD.toCharArray()).getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
        .formatted(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key));
  }

  private static void keytool(Path store, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "it", "-keystore", store.toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
