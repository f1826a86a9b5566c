package kerf.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.qat.QatTrained;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Palette;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.scheme.FloatFormat;
import kerf.scheme.IntegerFormat;
import kerf.trace.Graph;
import kerf.trace.GraphArchitecture;
import kerf.trace.OwnOperator;

/** Takes a network apart into what a file holds. */
final class Encoder {
  private final Network network;
  private final Optional<QuantizedGraph> form;
  private final Map<String, StoredArray> arrays = new LinkedHashMap<>();

  Encoder(Network given) {
    Network network = given instanceof QatTrained trained ? trained.quantized() : given;
    this.form =
        network instanceof Quantized quantized ? Optional.of(quantized.form()) : Optional.empty();
    this.network = form.map(QuantizedGraph::network).orElse(network);
    for (ParameterSpec spec : parameters()) {
      WeightForm own = form.map(graph -> graph.forms().get(spec.name())).orElse(null);
      arrays.put(spec.name(), StoredArray.of(spec, this.network.values(spec.name()), own));
    }
  }

  private List<ParameterSpec> parameters() {
    return network.architecture().structure().parameters();
  }

  /** The parameters in their order. */
  List<StoredArray> arrays() {
    return List.copyOf(arrays.values());
  }

  /** What the file says besides the numbers, packed. */
  byte[] description() {
    Optional<Graph> graph = graph();
    String name =
        network.architecture() instanceof GraphArchitecture traced
            ? traced.name()
            : network.architecture().describe();
    return deflated(
        RecordWriter.bytes(
            new Contents(
                name,
                network.architecture().initialization(),
                parameters(),
                graph.map(Graph::nodes).orElse(List.of()),
                graph.map(Graph::output).orElse(""),
                masks(),
                form.map(Encoder::rounded))));
  }

  /** None of a block that no graph can tell: whoever reads the file names the architecture. */
  private Optional<Graph> graph() {
    return Graph.ifTraceable(network)
        .filter(
            graph -> graph.nodes().stream().noneMatch(n -> n.operator() instanceof OwnOperator));
  }

  private Map<String, Contents.Pruned> masks() {
    Map<String, Contents.Pruned> masks = new LinkedHashMap<>();
    for (LayerMask layer : network.mask().layers()) {
      if (layer.kept() == layer.size()) {
        masks.put(layer.name(), Contents.Pruned.NOTHING);
      } else {
        boolean zeros = Arrays.equals(layer.bytes(), nonzeros(layer.name()));
        masks.put(layer.name(), zeros ? Contents.Pruned.ZEROS : Contents.Pruned.TOLD);
      }
    }
    return masks;
  }

  private byte[] nonzeros(String layer) {
    String weight = network.architecture().structure().prunable().get(layer).name();
    int[] codes = arrays.get(weight).codes();
    byte[] nonzeros = new byte[codes.length];
    for (int i = 0; i < codes.length; i++) {
      nonzeros[i] = (byte) (codes[i] == 0 ? 0 : 1);
    }
    return nonzeros;
  }

  /** The masks that zeros do not tell, a bit a weight, by layer. */
  Map<String, CodedArray> toldMasks() {
    Map<String, CodedArray> told = new LinkedHashMap<>();
    masks()
        .forEach(
            (layer, pruned) -> {
              if (pruned == Contents.Pruned.TOLD) {
                told.put(layer, told(network.mask().layer(layer)));
              }
            });
    return told;
  }

  private static CodedArray told(LayerMask mask) {
    byte[] bits = mask.bytes();
    int[] codes = new int[bits.length];
    Arrays.setAll(codes, i -> bits[i]);
    return CodedArray.of(codes, 1, (int) mask.shape()[0], Stage.HUFFMAN);
  }

  private static Contents.Rounded rounded(QuantizedGraph form) {
    Map<String, IntegerFormat> grids = new LinkedHashMap<>();
    Map<String, FloatFormat> floats = new LinkedHashMap<>();
    Map<String, Integer> palettes = new LinkedHashMap<>();
    Map<String, Integer> channels = new LinkedHashMap<>();
    form.forms()
        .forEach(
            (name, own) -> {
              if (own instanceof WeightForm.Grid grid) {
                grids.put(name, grid.quantizer().format());
              } else if (own instanceof WeightForm.ShortFloat shorter) {
                floats.put(name, shorter.format());
              } else if (own instanceof ChannelPalette palette) {
                channels.put(name, palette.bits());
              } else {
                palettes.put(name, ((Palette) own).bits());
              }
            });
    return new Contents.Rounded(
        form.mode(), grids, floats, palettes, channels, form.points(), form.inputs());
  }

  private static byte[] deflated(byte... bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  /** The whole file. */
  byte[] bytes() {
    List<byte[]> parts = new ArrayList<>();
    parts.add(description());
    arrays().forEach(array -> parts.add(array.coded(Stage.HUFFMAN).bytes()));
    toldMasks().values().forEach(mask -> parts.add(mask.bytes()));
    return Container.bytes(parts);
  }
}
