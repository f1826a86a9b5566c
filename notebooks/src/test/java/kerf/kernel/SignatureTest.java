package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignatureTest {
  /** The second test case of RFC 4231, its data in two parts. */
  private static final List<byte[]> PARTS =
      List.of(ascii("what do ya want "), ascii("for nothing?"));

  private static final String EXPECTED =
      "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

  @Test
  void signsAsTheStandardSays() {
    Signature signature = Signature.of("hmac-sha256", "Jefe");
    assertThat(signature.sign(PARTS)).isEqualTo(ascii(EXPECTED));
    assertThat(signature.verifies(PARTS, ascii(EXPECTED))).isTrue();
    assertThat(signature.verifies(PARTS, ascii(EXPECTED.replace('5', '6')))).isFalse();
  }

  @Test
  void signsNothingWithoutAKey() {
    Signature signature = Signature.of("hmac-sha256", "");
    assertThat(signature.sign(PARTS)).isEmpty();
    assertThat(signature.verifies(PARTS, ascii("anything"))).isTrue();
  }

  @Test
  void refusesASchemeThatJavaDoesNotKnow() {
    assertThatThrownBy(() -> Signature.of("rot-13", "key"))
        .hasMessage(
            "signature scheme must be one that Java knows, such as hmac-sha256, found rot-13");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
