package kerf.kernel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs the four JSON parts of a message; with an empty key, as Jupyter wants it, it signs nothing.
 */
final class Signature {
  private final Mac mac;

  private Signature(Mac mac) {
    this.mac = mac;
  }

  /** Of a scheme as the connection file names it: {@code hmac-sha256}. */
  static Signature of(String scheme, String key) {
    if (key.isEmpty()) {
      return new Signature(null);
    }
    try {
      String algorithm = scheme.replace("-", "");
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return new Signature(mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "signature scheme must be one that Java knows, such as hmac-sha256, found " + scheme, e);
    }
  }

  synchronized byte[] sign(List<byte[]> parts) {
    if (mac == null) {
      return new byte[0];
    }
    parts.forEach(mac::update);
    return HexFormat.of().formatHex(mac.doFinal()).getBytes(StandardCharsets.US_ASCII);
  }

  boolean verifies(List<byte[]> parts, byte[] signature) {
    return mac == null || MessageDigest.isEqual(sign(parts), signature);
  }
}
