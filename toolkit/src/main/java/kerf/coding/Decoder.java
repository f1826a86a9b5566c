package kerf.coding;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.storage.UnreadableFileException;
import kerf.trace.Graph;

/** Puts a network together from what a file holds. */
final class Decoder {
  private static final int LARGEST_DESCRIPTION = 1 << 26;

  private final Path file;
  private final List<byte[]> parts;
  private final Contents contents;

  Decoder(Path file, byte... bytes) {
    this.file = file;
    this.parts = Container.parts(file, bytes);
    this.contents =
        at("the description", () -> RecordReader.read(Contents.class, inflated(part(0))));
  }

  private byte[] part(int number) {
    if (number >= parts.size()) {
      throw new DamageException("%d parts".formatted(number + 1), "" + parts.size());
    }
    return parts.get(number);
  }

  private static byte[] inflated(byte... packed) {
    Inflater inflater = new Inflater(true);
    try (InflaterInputStream in =
        new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
      byte[] bytes = in.readNBytes(LARGEST_DESCRIPTION);
      if (bytes.length == LARGEST_DESCRIPTION) {
        throw new DamageException("at most 64 MiB", "more");
      }
      return bytes;
    } catch (ZipException | EOFException e) {
      throw new DamageException("deflated bytes", "" + e.getMessage());
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    } finally {
      inflater.end();
    }
  }

  /** Names the place of what is damaged there. */
  private <T> T at(String place, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DamageException e) {
      throw new UnreadableFileException(file, place + " with " + e.expected(), e.found());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new UnreadableFileException(file, place + " whole", "" + e.getMessage());
    }
  }

  /** The network of the graph in the file. */
  Network network() {
    if (contents.nodes().isEmpty()) {
      throw new UnreadableFileException(
          file,
          "what the network computes",
          "numbers of %s alone, which no graph tells".formatted(contents.name()),
          "name the architecture: decode(architecture, file)");
    }
    return network(
        at(
            "the description",
            () ->
                new Graph(contents.nodes(), contents.output(), contents.parameters())
                    .architecture(contents.name(), contents.initialization())));
  }

  /** The network of an architecture that has the parameters in the file. */
  Network network(Architecture architecture) {
    List<ParameterSpec> own = architecture.structure().parameters();
    if (!own.equals(contents.parameters())) {
      throw new UnreadableFileException(
          file,
          "the parameters of %s: %s".formatted(architecture.describe(), own),
          "those of %s: %s".formatted(contents.name(), contents.parameters()),
          "name the architecture that was encoded");
    }
    Contents.Rounded formats = contents.quantized().orElse(Contents.Rounded.NONE);
    Map<String, StoredArray> arrays = new LinkedHashMap<>();
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : own) {
      int number = 1 + arrays.size();
      StoredArray array = at(spec.name(), () -> StoredArray.read(spec, formats, part(number)));
      arrays.put(spec.name(), array);
      values.put(spec.name(), array.values());
    }
    Mask mask = mask(architecture, arrays);
    return at(
        "the network",
        () -> {
          Network network = new Network(architecture, values).masked(mask);
          return contents.quantized().isEmpty() ? network : quantized(network, formats, arrays);
        });
  }

  private static Network quantized(
      Network network, Contents.Rounded formats, Map<String, StoredArray> arrays) {
    Map<String, WeightForm> forms = new LinkedHashMap<>();
    arrays.forEach((name, array) -> array.form(formats).ifPresent(form -> forms.put(name, form)));
    QuantizedGraph form =
        new QuantizedGraph(network, formats.mode(), forms, formats.points(), formats.inputs());
    return Quantized.of(network, form);
  }

  private Mask mask(Architecture architecture, Map<String, StoredArray> arrays) {
    List<LayerMask> layers = new ArrayList<>();
    int next = 1 + arrays.size();
    for (Map.Entry<String, ParameterSpec> layer : architecture.structure().prunable().entrySet()) {
      ParameterSpec spec = layer.getValue();
      Contents.Pruned pruned =
          contents.masks().getOrDefault(layer.getKey(), Contents.Pruned.NOTHING);
      int[] kept = new int[spec.size()];
      Arrays.fill(kept, 1);
      if (pruned == Contents.Pruned.ZEROS) {
        kept = arrays.get(spec.name()).codes();
      } else if (pruned == Contents.Pruned.TOLD) {
        int number = next++;
        kept = at("the mask of " + layer.getKey(), () -> told(spec, part(number)));
      }
      byte[] bits = new byte[kept.length];
      for (int i = 0; i < bits.length; i++) {
        bits[i] = (byte) (kept[i] == 0 ? 0 : 1);
      }
      layers.add(LayerMask.of(layer.getKey(), spec.shape(), bits));
    }
    if (next != parts.size()) {
      throw new UnreadableFileException(
          file, "%d parts".formatted(next), "%d".formatted(parts.size()));
    }
    return Mask.of(layers);
  }

  private static int[] told(ParameterSpec spec, byte... part) {
    return CodedArray.read(new BitReader(part, 0), spec.size(), 1, (int) spec.shape()[0]);
  }
}
