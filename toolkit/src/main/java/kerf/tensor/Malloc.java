package kerf.tensor;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells glibc's allocator to keep freed tensors instead of handing their pages back to the system,
 * which would map and clear them anew at every step: {@code mallopt(3)}. Other C libraries stay as
 * they are, and so does glibc with the system property {@code kerf.malloc=off} or where the
 * environment sets the same.
 */
final class Malloc {
  private static final String PROPERTY = "kerf.malloc";

  /** The largest number that the call takes. */
  private static final int ALWAYS = Integer.MAX_VALUE;

  /** What glibc before 2.35 takes at most for the threshold of mapping. */
  private static final int OLD_MOST = 32 << 20;

  /** M_MMAP_THRESHOLD, M_TRIM_THRESHOLD and M_TOP_PAD of malloc.h. */
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting("MALLOC_MMAP_THRESHOLD_", -3, ALWAYS, OLD_MOST),
          new Setting("MALLOC_TRIM_THRESHOLD_", -1, ALWAYS, ALWAYS),
          new Setting("MALLOC_TOP_PAD_", -2, 256 << 20, 256 << 20));

  private Malloc() {}

  /**
   * A number of the allocator's.
   *
   * @param variable the environment variable that sets it from outside
   * @param parameter which it is, for {@code mallopt}
   * @param value what it is to be, in bytes
   * @param otherwise what it is to be where that is refused
   */
  private record Setting(String variable, int parameter, int value, int otherwise) {}

  /**
   * Reads the property.
   *
   * @return false for {@code off}
   * @throws IllegalArgumentException if it is neither {@code on} nor {@code off}
   */
  static boolean asked() {
    return parse(Optional.ofNullable(System.getProperty(PROPERTY)));
  }

  static boolean parse(Optional<String> words) {
    return switch (words.map(String::strip).orElse("on")) {
      case "on" -> true;
      case "off" -> false;
      default ->
          throw new IllegalArgumentException(
              "kerf.malloc must be on or off, found '%s'; start Java with -Dkerf.malloc=off, or leave it out"
                  .formatted(words.orElseThrow()));
    };
  }

  /** Sets what the environment does not; before the first large tensor. */
  static void tune(Map<String, String> environment) {
    try {
      NativeLibrary process = NativeLibrary.getProcess();
      // Only glibc has it; other libraries know other parameters by these numbers, or none.
      process.getFunction("gnu_get_libc_version");
      Function mallopt = process.getFunction("mallopt");
      for (Setting setting : SETTINGS) {
        if (!environment.containsKey(setting.variable)
            && set(mallopt, setting, setting.value) == 0) {
          set(mallopt, setting, setting.otherwise);
        }
      }
    } catch (LinkageError e) {
      // Another C library, or a system without JNA: tensors are computed alike, only slower.
      return;
    }
  }

  private static int set(Function mallopt, Setting setting, int value) {
    return mallopt.invokeInt(new Object[] {setting.parameter, value});
  }
}
