package kerf.fuzz;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.experiment.Outcome;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.quantization.Quantized;
import kerf.random.RandomStream;
import kerf.scheme.IntegerFormat;
import kerf.scheme.PaletteFormat;
import kerf.scheme.TernaryFormat;

/** Files of networks, and of the results of a study. */
final class NetworkFormats {
  private static final Architecture NET =
      Network.of(
              new SequentialBlock()
                  .add(
                      Conv2d.builder()
                          .setKernelShape(new Shape(3, 3))
                          .setFilters(2)
                          .optBias(false)
                          .build())
                  .add(BatchNorm.builder().build())
                  .add(Activation::relu)
                  .add(Blocks.batchFlattenBlock())
                  .add(Linear.builder().setUnits(3).build())
                  .add(Activation::relu)
                  .add(Linear.builder().setUnits(3).build()),
              1,
              4,
              4)
          .architecture();

  private NetworkFormats() {}

  static List<Format> all() {
    return List.of(
        FileFormat.of(
                "network", ".safetensors", (f, seed) -> network(seed).save(f), f -> of(NET.load(f)))
            .editedBy(SafetensorsEdits::edit)
            .withDigest(),
        FileFormat.of(
                "network-npz", ".npz", (f, seed) -> network(seed).save(f), f -> of(NET.load(f)))
            .editedBy(ZipEdits::edit)
            .withDigest(),
        FileFormat.of(
                "quantized",
                ".safetensors",
                (f, seed) -> quantized(seed).save(f),
                NetworkFormats::quantized)
            .editedBy(SafetensorsEdits::edit)
            .withDigest(),
        FileFormat.of(
                "quantized-npz",
                ".npz",
                (f, seed) -> quantized(seed).save(f),
                NetworkFormats::quantized)
            .editedBy(ZipEdits::edit)
            .withDigest(),
        FileFormat.of("outcome", ".npz", NetworkFormats::outcome, NetworkFormats::outcome)
            .editedBy(ZipEdits::edit)
            .withDigest());
  }

  private static Network network(long seed) {
    Network dense = NET.initialize(seed);
    return seed % 2 == 0 ? dense : Pruning.plan().sparsity(0.3).prune(dense);
  }

  private static Quantized quantized(long seed) {
    Quantization plan = Quantization.plan();
    float[] batch = RandomStream.of(seed, "batch").gaussians(4 * 16, 1);
    if (seed % 5 == 0) {
      return plan.prepare(network(seed)).calibrate(List.of(batch), 1, 4, 4).convert();
    }
    Quantization alone =
        seed % 5 == 1
            ? plan.dynamic()
            : seed % 5 == 2
                ? plan.weightOnly().weights(new PaletteFormat(2))
                : seed % 5 == 3
                    ? plan.weightOnly().weights(TernaryFormat.plain()).ends()
                    : plan.weightOnly().weights(IntegerFormat.signed(4).symmetric().perChannel());
    return alone.quantize(network(seed));
  }

  static Map<String, Object> of(Network network) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      all.put(spec.name(), FloatBuffer.wrap(network.values(spec.name())));
    }
    all.put("mask", network.mask());
    return all;
  }

  private static Object quantized(Path file) {
    Quantized read = Quantized.load(NET, file);
    return List.of(
        of(read.original()),
        of(read.form().network()),
        read.form().mode(),
        read.form().forms(),
        read.form().points(),
        read.form().inputs());
  }

  private static void outcome(Path file, long seed) {
    Outcome.empty()
        .number("accuracy", 0.9 + seed / 100.0)
        .curve("loss", 3, 2, seed)
        .network("net", network(seed))
        .save(file);
  }

  private static Object outcome(Path file) {
    Outcome read = Outcome.read(file).orElseThrow();
    return List.of(
        read.number("accuracy"),
        java.nio.DoubleBuffer.wrap(read.curve("loss")),
        of(read.network("net", NET)));
  }
}
