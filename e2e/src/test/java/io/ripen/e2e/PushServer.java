package io.ripen.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The push service of all browsers here, as no other can be reached: it has the browsers' keys and
 * so can read what is meant for them (RFC 8291).
 */
final class PushServer {

  private static final PushServer HERE = new PushServer();
  private static final int COORDINATE = 32;

  private final int port;
  private final Map<String, Device> devices = new HashMap<>();

  private PushServer() {
    port = Played.by(this::take);
  }

  static PushServer here() {
    return HERE;
  }

  String origin() {
    return "http://localhost:" + port;
  }

  /** A browser that will subscribe. */
  synchronized Device device(String name) {
    Device device = new Device(origin() + "/" + name, keyPair(), new byte[16], new ArrayList<>());
    devices.put("/" + name, device);
    return device;
  }

  /** From now on the browser is gone. */
  synchronized void forget(String name) {
    devices.remove("/" + name);
  }

  private void take(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    int status = keep(exchange.getRequestURI().getPath(), body);
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private synchronized int keep(String path, byte[] body) {
    Device device = devices.get(path);
    if (device == null) {
      return 410;
    }
    device.messages().add(device.read(body));
    return 201;
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One browser.
   *
   * @param messages what came for it, as its service worker reads it
   */
  record Device(String endpoint, KeyPair pair, byte[] auth, List<String> messages) {

    /** What {@code PushSubscription.toJSON()} says. */
    Map<String, Object> subscription() {
      return Map.of(
          "endpoint", endpoint, "keys", Map.of("p256dh", base64(open()), "auth", base64(auth)));
    }

    List<String> received() {
      synchronized (HERE) {
        return List.copyOf(messages);
      }
    }

    private byte[] open() {
      ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
      byte[] open = new byte[1 + 2 * COORDINATE];
      open[0] = 4;
      put(point.getAffineX(), open, 1);
      put(point.getAffineY(), open, 1 + COORDINATE);
      return open;
    }

    private String read(byte[] message) {
      ByteBuffer bytes = ByteBuffer.wrap(message);
      byte[] salt = next(bytes, 16);
      next(bytes, 4);
      byte[] sender = next(bytes, bytes.get());
      try {
        KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
        agreement.init(pair.getPrivate());
        agreement.doPhase(
            KeyFactory.getInstance("EC")
                .generatePublic(
                    new ECPublicKeySpec(
                        new ECPoint(
                            new BigInteger(1, Arrays.copyOfRange(sender, 1, 33)),
                            new BigInteger(1, Arrays.copyOfRange(sender, 33, 65))),
                        ((ECPublicKey) pair.getPublic()).getParams())),
            true);
        byte[] info = joined("WebPush: info\0".getBytes(UTF_8), joined(open(), sender));
        byte[] material = derived(auth, agreement.generateSecret(), info, 32);
        byte[] key = derived(salt, material, "Content-Encoding: aes128gcm\0".getBytes(UTF_8), 16);
        byte[] nonce = derived(salt, material, "Content-Encoding: nonce\0".getBytes(UTF_8), 12);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
            Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
        byte[] text = cipher.doFinal(next(bytes, bytes.remaining()));
        return new String(text, 0, text.length - 1, UTF_8);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("the message is not for this browser", e);
      }
    }

    private static byte[] derived(byte[] salt, byte[] material, byte[] info, int length)
        throws GeneralSecurityException {
      return Arrays.copyOf(mac(mac(salt, material), joined(info, new byte[] {1})), length);
    }

    private static byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text);
    }

    private static void put(BigInteger number, byte[] into, int at) {
      byte[] bytes = number.toByteArray();
      int from = Math.max(0, bytes.length - COORDINATE);
      int length = bytes.length - from;
      System.arraycopy(bytes, from, into, at + COORDINATE - length, length);
    }

    private static byte[] next(ByteBuffer bytes, int length) {
      byte[] next = new byte[length];
      bytes.get(next);
      return next;
    }

    private static byte[] joined(byte[] one, byte[] other) {
      byte[] joined = Arrays.copyOf(one, one.length + other.length);
      System.arraycopy(other, 0, joined, one.length, other.length);
      return joined;
    }

    private static String base64(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
  }
}
