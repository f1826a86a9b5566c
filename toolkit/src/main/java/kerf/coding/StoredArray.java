package kerf.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.ParameterSpec;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Palette;
import kerf.quantization.WeightForm;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;

/**
 * A parameter as it is stored: integers with their scales, the halves of short floats, or the bits
 * of floats. What comes back is equal to the last bit.
 *
 * @param spec the parameter
 * @param quantizer scales and zero points, for integers
 * @param channels the values of each output channel, for indices into those
 * @param width bits of a number
 * @param codes the numbers: the distance from the zero point for integers, so that 0 stands for 0
 *     in all forms
 * @param values what they stand for
 */
record StoredArray(
    ParameterSpec spec,
    Optional<Quantizer> quantizer,
    Optional<ChannelPalette> channels,
    int width,
    int[] codes,
    float... values) {

  /**
   * Finds how a parameter is stored.
   *
   * @param spec the parameter
   * @param values its values
   * @param form what they are rounded to; null for a float one
   */
  static StoredArray of(ParameterSpec spec, float[] values, WeightForm form) {
    if (form == null) {
      return floats(spec, values);
    }
    float[] rounded = form.rounded(values, spec.shape());
    StoredArray stored = rounded(spec, values, rounded, form);
    // Rounding what is rounded must change nothing; where it would, the floats before are kept.
    if (Arrays.equals(form.rounded(stored.values, spec.shape()), rounded)) {
      return stored;
    }
    StoredArray kept = floats(spec, values);
    return new StoredArray(
        spec, stored.quantizer, Optional.empty(), kept.width, kept.codes, values);
  }

  private static StoredArray rounded(
      ParameterSpec spec, float[] values, float[] rounded, WeightForm form) {
    if (form instanceof WeightForm.Grid grid && grid.bits() < Integer.SIZE) {
      Quantizer quantizer = grid.quantizer();
      int[] codes = quantizer.quantize(values, spec.shape()).integers();
      int width = quantizer.format().bits();
      each(quantizer, spec, (i, zero) -> codes[i] = codes[i] - zero & mask(width));
      return new StoredArray(spec, Optional.of(quantizer), Optional.empty(), width, codes, rounded);
    }
    if (form instanceof WeightForm.ShortFloat floats) {
      int[] codes = new int[rounded.length];
      for (int i = 0; i < codes.length; i++) {
        codes[i] =
            floats.format() == FloatFormat.FP16
                ? Half.bits(rounded[i])
                : Float.floatToRawIntBits(rounded[i]) >>> 16;
      }
      return new StoredArray(spec, Optional.empty(), Optional.empty(), 16, codes, rounded);
    }
    if (form instanceof ChannelPalette palette) {
      int[] codes = ChannelCodes.of(palette, palette.indices(values));
      return new StoredArray(
          spec, Optional.empty(), Optional.of(palette), palette.bits(), codes, rounded);
    }
    StoredArray floats = floats(spec, rounded);
    // Integers of 32 bits stay floats, which hold no more of them, and keep their scales.
    return form instanceof WeightForm.Grid grid
        ? new StoredArray(
            spec,
            Optional.of(grid.quantizer()),
            Optional.empty(),
            floats.width,
            floats.codes,
            rounded)
        : floats;
  }

  private static StoredArray floats(ParameterSpec spec, float... values) {
    int[] codes = new int[values.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = Float.floatToRawIntBits(values[i]);
    }
    return new StoredArray(spec, Optional.empty(), Optional.empty(), Float.SIZE, codes, values);
  }

  private static int mask(int width) {
    return (1 << width) - 1;
  }

  /** What is done with a weight's index and its zero point. */
  private interface Visit {
    void at(int index, int zero);
  }

  private static void each(Quantizer quantizer, ParameterSpec spec, Visit visit) {
    quantizer
        .format()
        .spread()
        .over(spec.shape())
        .forEach(
            (parameter, from, to) -> {
              int zero = quantizer.params().get(parameter).zeroPoint();
              for (int i = from; i < to; i++) {
                visit.at(i, zero);
              }
            });
  }

  private static int rows(ParameterSpec spec) {
    return spec.shape().length == 0 ? 1 : (int) Math.max(1, spec.shape()[0]);
  }

  /** The numbers one behind the other in whole bytes, the lowest byte first: what gzip is given. */
  byte[] plain() {
    int each = (width + 7) / 8;
    byte[] bytes = new byte[Math.multiplyExact(codes.length, each)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (codes[i / each] >>> 8 * (i % each));
    }
    return bytes;
  }

  private static boolean affine(Quantizer quantizer) {
    return quantizer.params().stream().anyMatch(params -> params.zeroPoint() != 0);
  }

  /**
   * Codes the array.
   *
   * @param stage how much of coding is used; at {@code SPARSE} integers are floats still
   */
  CodedArray coded(Stage stage) {
    CodedWriter scales = new CodedWriter();
    StoredArray own = stage == Stage.SPARSE ? floats(spec, values) : this;
    scales.put(Share.HEADER, own.width - 1, 6);
    scales.put(Share.HEADER, own.quantizer.isPresent() ? 1 : 0, 1);
    scales.put(Share.HEADER, own.quantizer.filter(StoredArray::affine).isPresent() ? 1 : 0, 1);
    own.quantizer.ifPresent(quantizer -> write(quantizer, scales));
    own.channels.ifPresent(palette -> ChannelCodes.write(palette, scales));
    CodedArray array = CodedArray.of(own.codes, own.width, rows(spec), stage);
    Map<Share, Long> spent = new EnumMap<>(array.spent());
    scales.spent().forEach((share, bits) -> spent.merge(share, bits, Long::sum));
    byte[] head = scales.bytes();
    byte[] bytes = Arrays.copyOf(head, head.length + array.bytes().length);
    System.arraycopy(array.bytes(), 0, bytes, head.length, array.bytes().length);
    return new CodedArray(bytes, spent);
  }

  private static void write(Quantizer quantizer, CodedWriter out) {
    for (QuantParams params : quantizer.params()) {
      out.put(Share.CODEBOOK, Float.floatToRawIntBits(params.scale()) & 0xffffffffL, 32);
      if (affine(quantizer)) {
        out.put(Share.CODEBOOK, params.zeroPoint() & 0xffffffffL, 32);
      }
    }
  }

  /** Reads what {@link #coded} wrote; integers by the format that the file names. */
  static StoredArray read(ParameterSpec spec, Contents.Rounded formats, byte... bytes) {
    BitReader in = new BitReader(bytes, 0);
    int width = 1 + (int) in.get(6);
    boolean scaled = in.get(1) == 1;
    boolean affine = in.get(1) == 1;
    if (width > Float.SIZE) {
      throw new DamageException("numbers of 32 bits at most", width + " bits");
    }
    Optional<Quantizer> quantizer =
        scaled ? Optional.of(quantizer(spec, formats, in, affine)) : Optional.empty();
    Integer bits = formats.channels().get(spec.name());
    if (bits != null && bits == width) {
      ChannelPalette palette = ChannelCodes.read(in, rows(spec), bits);
      int[] codes = CodedArray.read(in, spec.size(), width, rows(spec));
      float[] values = ChannelCodes.values(palette, codes);
      return new StoredArray(spec, Optional.empty(), Optional.of(palette), width, codes, values);
    }
    int[] codes = CodedArray.read(in, spec.size(), width, rows(spec));
    return new StoredArray(
        spec,
        quantizer,
        Optional.empty(),
        width,
        codes,
        values(spec, formats, width, quantizer, codes));
  }

  private static Quantizer quantizer(
      ParameterSpec spec, Contents.Rounded formats, BitReader in, boolean affine) {
    IntegerFormat format = formats.grids().get(spec.name());
    if (format == null) {
      throw new DamageException("floats", "integers");
    }
    int count = format.spread().over(spec.shape()).count();
    in.require(32L * count * (affine ? 2 : 1));
    List<QuantParams> params = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float scale = Float.intBitsToFloat((int) in.get(32));
      params.add(new QuantParams(scale, affine ? (int) in.get(32) : 0));
    }
    return new Quantizer(format, params);
  }

  private static float[] values(
      ParameterSpec spec,
      Contents.Rounded formats,
      int width,
      Optional<Quantizer> quantizer,
      int... codes) {
    if (quantizer.isPresent() && width != Float.SIZE) {
      IntegerFormat format = quantizer.get().format();
      if (format.bits() != width) {
        throw new DamageException(format.bits() + " bits", "" + width);
      }
      int[] integers = new int[codes.length];
      each(
          quantizer.get(),
          spec,
          (i, zero) -> integers[i] = (codes[i] + zero - format.min() & mask(width)) + format.min());
      return quantizer.get().dequantize(integers, spec.shape());
    }
    FloatFormat shorter = formats.floats().get(spec.name());
    if (width != Float.SIZE && (shorter == null || width != 16)) {
      throw new DamageException("floats of 32 bits", width + " bits");
    }
    float[] values = new float[codes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          width == Float.SIZE
              ? Float.intBitsToFloat(codes[i])
              : shorter == FloatFormat.FP16
                  ? Half.value(codes[i])
                  : Float.intBitsToFloat(codes[i] << 16);
    }
    return values;
  }

  /** The form that the weights had, as the file tells it. */
  Optional<WeightForm> form(Contents.Rounded formats) {
    if (channels.isPresent()) {
      return channels.map(palette -> palette);
    }
    if (formats.channels().containsKey(spec.name())) {
      throw new DamageException("indices into the values of channels", width + " bits");
    }
    if (formats.grids().containsKey(spec.name())) {
      return quantizer.map(WeightForm.Grid::new);
    }
    if (formats.floats().containsKey(spec.name())) {
      return Optional.of(new WeightForm.ShortFloat(formats.floats().get(spec.name())));
    }
    Integer bits = formats.palettes().get(spec.name());
    return Optional.ofNullable(bits).map(b -> new Palette(distinct(), b));
  }

  private float[] distinct() {
    int[] found = Distinct.of(1 << 9, codes);
    if (found == null) {
      throw new DamageException("512 shared values at most", "more");
    }
    float[] colors = new float[found.length];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = Float.intBitsToFloat(found[i]);
    }
    return colors;
  }
}
