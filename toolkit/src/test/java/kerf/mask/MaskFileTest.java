package kerf.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaskFileTest {
  @TempDir Path folder;

  @Test
  void readsWhatItWroteInOrder() {
    Path file = folder.resolve("mask.npz");
    Mask mask = Mask.of(LayerMask.ones("fc2", 2, 3).without(4), LayerMask.ones("fc1", 5));

    mask.save(file);

    assertThat(Mask.load(file)).isEqualTo(mask);
    assertThat(Mask.load(file).names()).containsExactly("fc2", "fc1");
    assertThat(Npz.read(file).get("fc2"))
        .isEqualTo(Npy.of(ElementType.UINT8, new long[] {2, 3}, new byte[] {1, 1, 1, 1, 0, 1}));
  }

  @Test
  void refusesArraysThatAreNoMasks() {
    Path file = folder.resolve("weights.npz");
    Npz.write(file, Map.of("fc1", Npy.of(new long[] {2}, new float[2])));

    assertThatThrownBy(() -> Mask.load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected masks of UINT8 or BOOL, found fc1 of FLOAT32[2]; copy it again from its source, or save it again",
            file);
  }

  @Test
  void refusesBytesBesideZeroAndOne() {
    Path file = folder.resolve("codes.npz");
    Npz.write(file, Map.of("fc1", Npy.of(ElementType.UINT8, new long[] {2}, new byte[] {1, 7})));

    assertThatThrownBy(() -> Mask.load(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage(
            "cannot read %s: expected masks, found a wrong one: mask of fc1 must hold only 0 and 1,"
                + " found 7 at index 1; copy it again from its source, or save it again",
            file);
  }
}
