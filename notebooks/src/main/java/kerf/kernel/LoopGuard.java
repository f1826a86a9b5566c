package kerf.kernel;

import java.util.HashSet;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes a cell's loops interruptible: every backward jump of a class that came from a cell first
 * calls {@link #check}. Library classes are left as they are.
 */
public final class LoopGuard {
  private static volatile boolean armed;

  private LoopGuard() {}

  /** Called from a cell's loops; throws when the calling cell thread has been interrupted. */
  public static void check() {
    // A volatile read alone on the way that every iteration takes.
    if (armed && Thread.currentThread() instanceof CellThread cell && cell.stopping()) {
      throw new CellInterrupted("interrupted");
    }
  }

  static void arm(boolean on) {
    armed = on;
  }

  /** The class with its backward jumps guarded, or as it was where that cannot be done. */
  static byte[] guard(byte[] bytecodes) {
    try {
      ClassReader reader = new ClassReader(bytecodes);
      ClassWriter writer = new ClassWriter(reader, 0);
      reader.accept(new Guards(writer), 0);
      return writer.toByteArray();
    } catch (RuntimeException e) {
      // Such as a class file of a Java newer than ASM knows: better unguarded than not run.
      return bytecodes;
    }
  }

  private static final class Guards extends ClassVisitor {
    Guards(ClassVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      return new Jumps(super.visitMethod(access, name, descriptor, signature, exceptions));
    }
  }

  private static final class Jumps extends MethodVisitor {
    private final Set<Label> passed = new HashSet<>();

    Jumps(MethodVisitor next) {
      super(Opcodes.ASM9, next);
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        // Takes and leaves nothing on the stack, so frames and maxima stay true.
        super.visitMethodInsn(Opcodes.INVOKESTATIC, "kerf/kernel/LoopGuard", "check", "()V", false);
      }
      super.visitJumpInsn(opcode, target);
    }
  }
}
