package kerf.quantization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;

/**
 * A quantized network in a file: the float values under their names and masks as {@code
 * mask:LAYER}, as any network; the float network it came from under {@code original:NAME}; and for
 * each quantized tensor its format, scales and zero points, or palette.
 */
final class QuantizedFile {
  private static final String MASK = "mask:";
  private static final String ORIGINAL = "original:";
  private static final String MODE = "quantization:mode";
  private static final String WEIGHT = "weight:";
  private static final String POINT = "point:";
  private static final String INPUT = "input:";

  private final Path file;
  private final Map<String, Npy> arrays;

  private QuantizedFile(Path file, Map<String, Npy> arrays) {
    this.file = file;
    this.arrays = arrays;
  }

  static void write(Quantized quantized, Path file) {
    QuantizedFile written = new QuantizedFile(file, new LinkedHashMap<>());
    QuantizedGraph form = quantized.form();
    written.put("", form.network());
    written.put(ORIGINAL, quantized.original());
    for (LayerMask layer : form.network().mask().layers()) {
      written.arrays.put(
          MASK + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    written.arrays.put(MODE, FormatCode.longs(form.mode().ordinal()));
    form.forms().forEach((name, weight) -> written.put(WEIGHT + name, weight));
    form.points().forEach((name, grid) -> written.put(POINT + name, grid));
    form.inputs()
        .forEach((name, format) -> written.arrays.put(INPUT + name, FormatCode.of(format)));
    Npz.write(file, written.arrays);
  }

  private void put(String prefix, Network network) {
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      arrays.put(prefix + spec.name(), Npy.of(spec.shape(), network.values(spec.name())));
    }
  }

  private void put(String name, WeightForm form) {
    if (form instanceof WeightForm.Grid grid) {
      put(name, grid.quantizer());
    } else if (form instanceof WeightForm.ShortFloat floats) {
      arrays.put(name, FormatCode.of(floats.format()));
    } else {
      Palette palette = (Palette) form;
      arrays.put(name, FormatCode.ofPalette(palette.bits()));
      arrays.put(name + ":colors", Npy.of(row(palette.colors().length), palette.colors()));
    }
  }

  private void put(String name, Quantizer quantizer) {
    float[] scales = new float[quantizer.params().size()];
    long[] zeros = new long[scales.length];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = quantizer.params().get(i).scale();
      zeros[i] = quantizer.params().get(i).zeroPoint();
    }
    arrays.put(name, FormatCode.of(quantizer.format()));
    arrays.put(name + ":scale", Npy.of(row(scales.length), scales));
    arrays.put(name + ":zero_point", Npy.of(row(zeros.length), zeros));
  }

  private static long[] row(long length) {
    return new long[] {length};
  }

  static Quantized read(Architecture architecture, Path file) {
    QuantizedFile written = new QuantizedFile(file, Npz.read(file));
    Npy mode = written.array(MODE);
    try {
      return written.quantized(architecture, mode);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(
          file,
          "a quantized %s".formatted(architecture.describe()),
          "one that does not fit it: " + e.getMessage());
    }
  }

  private Quantized quantized(Architecture architecture, Npy mode) {
    List<LayerMask> masks = new ArrayList<>();
    Map<String, float[]> originals = new LinkedHashMap<>();
    Map<String, float[]> values = new LinkedHashMap<>();
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    Map<String, Quantizer> points = new LinkedHashMap<>();
    Map<String, IntegerFormat> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, Npy> entry : arrays.entrySet()) {
      String name = entry.getKey();
      Npy array = entry.getValue();
      if (name.startsWith(MASK)) {
        require(name, array, ElementType.UINT8);
        masks.add(LayerMask.of(after(MASK, name), array.shape(), array.bytes()));
      } else if (name.startsWith(ORIGINAL)) {
        originals.put(after(ORIGINAL, name), floats(name));
      } else if (isFormat(WEIGHT, name)) {
        forms.put(after(WEIGHT, name), form(name));
      } else if (isFormat(POINT, name)) {
        points.put(after(POINT, name), quantizer(name));
      } else if (isFormat(INPUT, name)) {
        inputs.put(after(INPUT, name), FormatCode.integers(longs(name)));
      } else if (!name.contains(":")) {
        values.put(name, floats(name));
      }
    }
    Mode[] modes = Mode.values();
    int ordinal = (int) longs(MODE)[0];
    if (ordinal < 0 || ordinal >= modes.length) {
      throw new IllegalArgumentException("mode " + ordinal);
    }
    Network original = new Network(architecture, originals).masked(Mask.of(masks));
    Network network = Folding.fold(original).revalued(values);
    return Quantized.of(
        original, new QuantizedGraph(network, modes[ordinal], forms, points, inputs));
  }

  private static boolean isFormat(String prefix, String name) {
    return name.startsWith(prefix) && name.indexOf(':', prefix.length()) < 0;
  }

  private static String after(String prefix, String name) {
    return name.substring(prefix.length());
  }

  private WeightForm form(String name) {
    long[] code = longs(name);
    return FormatCode.isPalette(code)
        ? new Palette(floats(name + ":colors"), FormatCode.paletteBits(code))
        : FormatCode.shortFloat(code)
            .<WeightForm>map(WeightForm.ShortFloat::new)
            .orElseGet(() -> new WeightForm.Grid(quantizer(name)));
  }

  private Quantizer quantizer(String name) {
    float[] scales = floats(name + ":scale");
    long[] zeros = longs(name + ":zero_point");
    if (scales.length != zeros.length) {
      throw new IllegalArgumentException(
          "%s has %d scales and %d zero points".formatted(name, scales.length, zeros.length));
    }
    List<QuantParams> params = new ArrayList<>();
    for (int i = 0; i < scales.length; i++) {
      params.add(new QuantParams(scales[i], (int) zeros[i]));
    }
    return new Quantizer(FormatCode.integers(longs(name)), params);
  }

  private float[] floats(String name) {
    Npy array = array(name);
    require(name, array, ElementType.FLOAT32);
    return array.floats();
  }

  private long[] longs(String name) {
    Npy array = array(name);
    require(name, array, ElementType.INT64);
    return array.longs();
  }

  private void require(String name, Npy array, ElementType type) {
    if (array.type() != type || array.size() == 0) {
      throw new UnreadableFileException(
          file,
          "%s of type %s".formatted(name, type),
          "%s with %d numbers".formatted(array.type(), array.size()));
    }
  }

  private Npy array(String name) {
    Npy array = arrays.get(name);
    if (array == null) {
      throw new UnreadableFileException(
          file,
          "a quantized network with an array '%s'".formatted(name),
          "no such array",
          "save a quantized network with .save(file), or read a float one with architecture.load(file)");
    }
    return array;
  }
}
