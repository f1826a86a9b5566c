package kerf.quantization;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.StateDict;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.UnreadableFileException;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A quantized network in a file: float values with batch normalization folded and masks, as of any
 * network ({@link StateDict}); and beside them, as {@code quantization:...}, the mode, the values
 * of the float network it came from, and of each quantized tensor the format with scales and zero
 * points, or the palette. Only Kerf writes such files, so one without the digest that every array
 * file of Kerf's has was rewritten since, and is refused.
 */
final class QuantizedFile {
  private static final String NOTE = "quantization:";
  private static final String ORIGINAL = NOTE + "original:";
  private static final String MODE = NOTE + "mode";
  private static final String WEIGHT = NOTE + "weight:";
  private static final String POINT = NOTE + "point:";
  private static final String INPUT = NOTE + "input:";

  private final Path file;
  private final Map<String, Npy> arrays;
  private final Set<String> unread;

  private QuantizedFile(Path file, Map<String, Npy> arrays) {
    this.file = file;
    this.arrays = arrays;
    this.unread = new LinkedHashSet<>(arrays.keySet());
  }

  static void write(Quantized quantized, Path file) {
    QuantizedFile written = new QuantizedFile(file, new LinkedHashMap<>());
    QuantizedGraph form = quantized.form();
    Network original = quantized.original();
    for (ParameterSpec spec : original.architecture().structure().parameters()) {
      written.arrays.put(
          ORIGINAL + spec.name(), Npy.of(spec.shape(), original.values(spec.name())));
    }
    written.arrays.put(MODE, FormatCode.longs(form.mode().ordinal()));
    form.forms().forEach((name, weight) -> written.put(WEIGHT + name, weight));
    form.points().forEach((name, grid) -> written.put(POINT + name, grid));
    form.inputs()
        .forEach((name, format) -> written.arrays.put(INPUT + name, FormatCode.of(format)));
    StateDict.write(form.network(), file, written.arrays);
  }

  private void put(String name, WeightForm form) {
    if (form instanceof WeightForm.Grid grid) {
      put(name, grid.quantizer());
    } else if (form instanceof WeightForm.ShortFloat floats) {
      arrays.put(name, FormatCode.of(floats.format()));
    } else if (form instanceof ChannelPalette channels) {
      put(name, channels);
    } else {
      Palette palette = (Palette) form;
      arrays.put(name, FormatCode.ofPalette(palette.bits()));
      arrays.put(name + ":colors", Npy.of(row(palette.colors().length), palette.colors()));
    }
  }

  /** All values one behind the other, and how many each channel has. */
  private void put(String name, ChannelPalette form) {
    int count = form.channels().size();
    long[] counts = new long[count];
    int all = 0;
    for (int i = 0; i < count; i++) {
      counts[i] = form.channels().get(i).colors().length;
      all += (int) counts[i];
    }
    float[] colors = new float[all];
    int at = 0;
    for (Palette channel : form.channels()) {
      System.arraycopy(channel.colors(), 0, colors, at, channel.colors().length);
      at += channel.colors().length;
    }
    arrays.put(name, FormatCode.ofChannelPalette(form.bits()));
    arrays.put(name + ":colors", Npy.of(row(all), colors));
    arrays.put(name + ":counts", Npy.of(row(count), counts));
  }

  private ChannelPalette channels(String name, int bits) {
    float[] colors = floats(name + ":colors");
    List<Palette> channels = new ArrayList<>();
    int at = 0;
    for (long count : longs(name + ":counts")) {
      if (count < 1 || count > colors.length - at) {
        throw new IllegalArgumentException(
            "%s has %d values for a channel that wants %d"
                .formatted(name, colors.length - at, count));
      }
      channels.add(new Palette(Arrays.copyOfRange(colors, at, at + (int) count), bits));
      at += (int) count;
    }
    if (at != colors.length) {
      throw new IllegalArgumentException(
          "%s has %d values of no channel".formatted(name, colors.length - at));
    }
    return new ChannelPalette(channels, bits);
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
    StateDict dict = StateDict.read(file, architecture);
    QuantizedFile written = new QuantizedFile(file, dict.notes());
    if (!dict.notes().containsKey(MODE)) {
      throw new UnreadableFileException(
          file,
          "a quantized network",
          "no array '%s'".formatted(MODE),
          "save a quantized network with .save(file), or read a float one with architecture.load(file)");
    }
    dict.requireDigest("a quantized network");
    try {
      return written.quantized(architecture, dict);
    } catch (IllegalArgumentException e) {
      throw new UnreadableFileException(
          file,
          "a quantized %s".formatted(architecture.describe()),
          "one that does not fit it: " + e.getMessage());
    }
  }

  private Quantized quantized(Architecture architecture, StateDict dict) {
    Map<String, float[]> originals = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.structure().parameters()) {
      originals.put(spec.name(), floats(ORIGINAL + spec.name()));
    }
    Network float32 = new Network(architecture, originals);
    Mode mode = mode();
    Network network = dict.network(Folding.fold(float32, mode).architecture());
    Graph graph = Untraced.graph(network, mode);
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      if (arrays.containsKey(WEIGHT + spec.name())) {
        forms.put(spec.name(), form(WEIGHT + spec.name()));
      }
    }
    Map<String, Quantizer> points = new LinkedHashMap<>();
    Map<String, IntegerFormat> inputs = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (arrays.containsKey(POINT + node.name())) {
        points.put(node.name(), quantizer(POINT + node.name()));
      }
      if (arrays.containsKey(INPUT + node.name())) {
        inputs.put(node.name(), FormatCode.integers(longs(INPUT + node.name())));
      }
    }
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing in the network is called as %s".formatted(String.join(", ", unread)));
    }
    QuantizedGraph form = new QuantizedGraph(network, mode, forms, points, inputs);
    return Quantized.of(float32.masked(network.mask()), form);
  }

  private Mode mode() {
    Mode[] modes = Mode.values();
    long[] mode = longs(MODE);
    if (mode.length != 1 || mode[0] < 0 || mode[0] >= modes.length) {
      throw new IllegalArgumentException("mode " + Arrays.toString(mode));
    }
    return modes[(int) mode[0]];
  }

  private WeightForm form(String name) {
    long[] code = longs(name);
    if (FormatCode.isChannelPalette(code)) {
      return channels(name, FormatCode.channelPaletteBits(code));
    }
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
      params.add(new QuantParams(scales[i], FormatCode.integer(zeros[i])));
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
    unread.remove(name);
    Npy array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("there is no array '%s'".formatted(name));
    }
    return array;
  }
}
