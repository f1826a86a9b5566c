package kerf.kernel;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Makes a cell's code interruptible: every backward jump, and every call, of a method that came
 * from a cell first calls {@link #check}. So loops end, recursions, and pipelines with a lambda.
 * Library classes are left as they are.
 */
public final class LoopGuard {
  private static final int MAJOR = 6;

  /** The latest class file version that ASM reads. */
  private static final int KNOWN = Opcodes.V28;

  private static volatile boolean armed;
  private static volatile boolean poolStops;

  private LoopGuard() {}

  /** Called from a cell's code; throws when that has been interrupted. */
  public static void check() {
    // A volatile read alone on the way that every iteration takes.
    if (armed && stopping()) {
      throw new CellInterrupted("interrupted");
    }
  }

  private static boolean stopping() {
    Thread thread = Thread.currentThread();
    // A parallel pipeline is run by the cell thread and by workers that it shares work with.
    return thread instanceof CellThread cell ? cell.stopping() : poolStops && isWorker(thread);
  }

  private static boolean isWorker(Thread thread) {
    return thread instanceof ForkJoinWorkerThread worker
        && worker.getPool() == ForkJoinPool.commonPool();
  }

  static void arm(boolean on) {
    armed = on;
  }

  /** Whether the common pool's workers are to end what they run of cells. */
  static void stopPool(boolean on) {
    poolStops = on;
  }

  /**
   * The class, guarded.
   *
   * @throws RuntimeException where that cannot be done: the class file is of no form known here
   */
  static byte[] guard(byte[] bytecodes) {
    int version = (bytecodes[MAJOR] & 0xff) << 8 | bytecodes[MAJOR + 1] & 0xff;
    // ASM refuses class files of a Java newer than itself, for all that few are of a new form.
    ClassReader reader = new ClassReader(version(bytecodes, Math.min(version, KNOWN)));
    ClassWriter writer = new ClassWriter(reader, 0);
    reader.accept(new Guards(writer), 0);
    return version(writer.toByteArray(), version);
  }

  private static byte[] version(byte[] bytecodes, int version) {
    byte[] copy = bytecodes.clone();
    copy[MAJOR] = (byte) (version >> 8);
    copy[MAJOR + 1] = (byte) version;
    return copy;
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
    public void visitCode() {
      super.visitCode();
      check();
    }

    @Override
    public void visitLabel(Label label) {
      passed.add(label);
      super.visitLabel(label);
    }

    @Override
    public void visitJumpInsn(int opcode, Label target) {
      if (passed.contains(target)) {
        check();
      }
      super.visitJumpInsn(opcode, target);
    }

    /** Takes and leaves nothing on the stack, so frames and maxima stay true. */
    private void check() {
      super.visitMethodInsn(Opcodes.INVOKESTATIC, "kerf/kernel/LoopGuard", "check", "()V", false);
    }
  }
}
