package kerf.tensor;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Functions written in TorchScript, compiled by the engine and called from Java.
 *
 * <p>The engine's loader reads a zip archive whose {@code code/__torch__.py} is plain text; we
 * write that archive in memory around the caller's functions. A call runs in the engine's inference
 * mode: it may write into arrays it is given and read their recorded history ({@code
 * torch.autograd.grad}), but what it returns cannot be recorded further. A script holds no state,
 * so threads may share it.
 *
 * <pre>{@code
 * Script script = Script.compile(
 *     "def twice(self: __torch__.Kerf, x: Tensor) -> Tensor:\n"
 *     + "  return torch.mul(x, 2)\n");
 * }</pre>
 */
public final class Script {
  private static final String HEADER =
      """
      class Kerf(Module):
        __parameters__ = []
        __buffers__ = []
        training : bool
      """;

  /** The loader wants one. */
  private static final String FORWARD =
      """
      def forward(self: __torch__.Kerf, x: Tensor) -> Tensor:
        return x
      """;

  /** A pickled object of class {@code __torch__.Kerf} whose one attribute is training = False. */
  private static final String OBJECT =
      "\u0080\u0002c__torch__\nKerf\nq\0)\u0081}(X\b\0\0\0trainingq\u0001\u0089ubq\u0002.";

  /** A pickled empty tuple. */
  private static final String NO_CONSTANTS = "\u0080\u0002).";

  private final PtSymbolBlock module;

  private Script(PtSymbolBlock module) {
    this.module = module;
  }

  /**
   * Compiles functions; they live as long as the process.
   *
   * @param functions TorchScript method definitions whose first argument is {@code self:
   *     __torch__.Kerf}, not indented
   * @return the compiled script
   * @throws RuntimeException with the engine's message and line if the text does not compile
   */
  public static Script compile(String functions) {
    return new Script(module(FORWARD + functions));
  }

  /** A module of these functions, {@code forward} among them; it lives as long as the process. */
  static PtSymbolBlock module(String functions) {
    PtNDManager manager = Engine.newManager();
    try {
      byte[] archive = archive(HEADER + functions.indent(2));
      return JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Calls a function.
   *
   * @param function its name
   * @param arguments its arguments in order, without {@code self}
   * @return what it returns; close it
   */
  public Value call(String function, Value... arguments) {
    return new Value(IValueUtils.runMethod(module, function, Value.natives(arguments)));
  }

  private static byte[] archive(String code) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "kerf/data.pkl", OBJECT.getBytes(StandardCharsets.ISO_8859_1));
      store(zip, "kerf/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
      store(zip, "kerf/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
      store(zip, "kerf/version", "3\n".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }

  /** Adds an entry without compression: the engine maps entries as they lie. */
  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
