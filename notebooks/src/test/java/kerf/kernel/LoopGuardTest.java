package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

class LoopGuardTest {
  /** Its class file is the test's material: four loops, one of them within another. */
  static final class Loops {
    private Loops() {}

    static int sum(int n) {
      int sum = 0;
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          sum += j;
        }
      }
      do {
        sum--;
      } while (sum > n);
      while (sum < 0) {
        sum++;
      }
      return sum;
    }

    static int straight(int n) {
      return n > 0 ? n : -n;
    }
  }

  @Test
  void guardsEveryLoopAndEveryCallAndNothingElse() throws IOException {
    assertThat(checks(LoopGuard.guard(bytecodes()), "sum")).isEqualTo(4 + 1);
    assertThat(checks(LoopGuard.guard(bytecodes()), "straight")).isEqualTo(1);
  }

  @Test
  void guardsClassFilesOfAJavaToCome() throws IOException {
    byte[] later = bytecodes();
    later[7] = (byte) 200;
    byte[] guarded = LoopGuard.guard(later);
    assertThat(guarded[7]).isEqualTo((byte) 200);
    guarded[7] = 61;
    assertThat(checks(guarded, "sum")).isEqualTo(4 + 1);
  }

  @Test
  void refusesWhatIsNoClassFile() {
    assertThatThrownBy(() -> LoopGuard.guard(new byte[] {1, 2, 3}))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void stopsOnlyACellThreadThatIsToStop() throws InterruptedException {
    CompletableFuture<Void> checked = new CompletableFuture<>();
    CellThread cell = new CellThread(1, getClass().getClassLoader());
    LoopGuard.arm(true);
    try {
      LoopGuard.check();
      cell.stopping(true);
      cell.hand(
          null,
          () -> {
            try {
              LoopGuard.check();
              checked.complete(null);
            } catch (CellInterrupted e) {
              checked.completeExceptionally(e);
            }
          });
      cell.start();
      assertThatThrownBy(checked::get)
          .hasCauseInstanceOf(CellInterrupted.class)
          .hasRootCauseMessage("interrupted");
    } finally {
      LoopGuard.arm(false);
      cell.leaveBehind();
    }
    cell.join();
  }

  private static byte[] bytecodes() throws IOException {
    try (InputStream stream = Loops.class.getResourceAsStream("LoopGuardTest$Loops.class")) {
      return stream.readAllBytes();
    }
  }

  private static int checks(byte[] bytecodes, String wanted) {
    int[] count = new int[1];
    new ClassReader(bytecodes)
        .accept(
            new ClassVisitor(Opcodes.ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return !name.equals(wanted)
                    ? null
                    : new MethodVisitor(Opcodes.ASM9) {
                      @Override
                      public void visitMethodInsn(
                          int opcode,
                          String owner,
                          String method,
                          String type,
                          boolean inInterface) {
                        if (owner.equals("kerf/kernel/LoopGuard") && method.equals("check")) {
                          count[0]++;
                        }
                      }
                    };
              }
            },
            0);
    return count[0];
  }
}
