package kerf.repair;

import org.junit.jupiter.api.Test;

class ScratchTest {
  @Test
  void compiles() {
    System.out.println(RoundingScript.SCRIPT);
  }
}
