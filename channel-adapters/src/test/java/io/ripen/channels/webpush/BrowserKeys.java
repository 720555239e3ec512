package io.ripen.channels.webpush;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A browser's part of a subscription: it reads messages as RFC 8291 says, by code that shares
 * nothing with the library that writes them, and that is held against the message of the RFC.
 */
final class BrowserKeys {

  private static final int POINT = 65;
  private static final int SALT = 16;
  private static final int SIZE_OF_RECORD = 4;

  private final PrivateKey secret;
  private final byte[] open;
  private final byte[] auth;

  private BrowserKeys(PrivateKey secret, byte[] open, byte[] auth) {
    this.secret = secret;
    this.open = open;
    this.auth = auth;
  }

  static BrowserKeys fresh() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      var pair = generator.generateKeyPair();
      ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
      byte[] auth = new byte[16];
      new SecureRandom().nextBytes(auth);
      return new BrowserKeys(
          pair.getPrivate(),
          joined(new byte[] {4}, padded(point.getAffineX()), padded(point.getAffineY())),
          auth);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static BrowserKeys of(String publicKey, String privateKey, String auth) {
    try {
      return new BrowserKeys(
          KeyFactory.getInstance("EC")
              .generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes(privateKey)), curve())),
          bytes(publicKey),
          bytes(auth));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Subscription subscription(String endpoint) {
    try {
      return Subscription.of(endpoint, p256dh(), base64(auth));
    } catch (InvalidSubscription e) {
      throw new IllegalStateException(e);
    }
  }

  String p256dh() {
    return base64(open);
  }

  /** What the message says; nothing but what was written for this browser can be read. */
  String read(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    byte[] salt = next(bytes, SALT);
    next(bytes, SIZE_OF_RECORD);
    byte[] sender = next(bytes, bytes.get());
    byte[] body = next(bytes, bytes.remaining());
    try {
      KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
      agreement.init(secret);
      agreement.doPhase(point(sender), true);
      byte[] info = joined("WebPush: info\0".getBytes(UTF_8), open, sender);
      byte[] material = derived(auth, agreement.generateSecret(), info, 32);
      byte[] key = derived(salt, material, "Content-Encoding: aes128gcm\0".getBytes(UTF_8), 16);
      byte[] nonce = derived(salt, material, "Content-Encoding: nonce\0".getBytes(UTF_8), 12);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      byte[] padded = cipher.doFinal(body);
      int end = padded.length - 1;
      while (padded[end] == 0) {
        end--;
      }
      if (padded[end] != 2) {
        throw new IllegalStateException("the last record ends by " + padded[end]);
      }
      return new String(padded, 0, end, UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this browser cannot read it", e);
    }
  }

  /** HKDF (RFC 5869), of one block. */
  private static byte[] derived(byte[] salt, byte[] material, byte[] info, int length)
      throws GeneralSecurityException {
    byte[] extracted = mac(salt, material);
    return Arrays.copyOf(mac(extracted, joined(info, new byte[] {1})), length);
  }

  private static byte[] mac(byte[] key, byte[] text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }

  static PublicKey point(byte[] open) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC")
        .generatePublic(
            new ECPublicKeySpec(
                new ECPoint(
                    new BigInteger(1, Arrays.copyOfRange(open, 1, 33)),
                    new BigInteger(1, Arrays.copyOfRange(open, 33, POINT))),
                curve()));
  }

  private static ECParameterSpec curve() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }

  private static byte[] padded(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = Math.max(0, bytes.length - 32);
    return joined(
        new byte[32 - (bytes.length - from)], Arrays.copyOfRange(bytes, from, bytes.length));
  }

  private static byte[] next(ByteBuffer bytes, int length) {
    byte[] next = new byte[length];
    bytes.get(next);
    return next;
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  static byte[] bytes(String base64) {
    return Base64.getUrlDecoder().decode(base64);
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
