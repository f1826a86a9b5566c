package kerf.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.random.RandomStream;

/** A recipe for networks: a structure, and how its weights start. */
public interface Architecture {

  /**
   * Names the recipe with all that tells it from another; part of a run's identity.
   *
   * @return one line such as {@code lenet300100(glorotNormal)}
   */
  String describe();

  /**
   * Gives the structure.
   *
   * @return the same object at every call: it can be shared
   */
  Structure structure();

  /**
   * Tells how weights start.
   *
   * @return the rule
   */
  Initialization initialization();

  /**
   * Makes a fresh network.
   *
   * @param seed decides all its weights; each parameter has a stream of its own
   * @return a dense network
   */
  default Network initialize(long seed) {
    RandomStream stream = RandomStream.of(seed, "initialization");
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : structure().parameters()) {
      values.put(spec.name(), initial(spec, stream.split(spec.name())));
    }
    return new Network(this, values);
  }

  private float[] initial(ParameterSpec spec, RandomStream stream) {
    float[] values = new float[spec.size()];
    switch (spec.role()) {
      case WEIGHT -> values = initialization().draw(spec.shape(), stream);
      case SCALE, RUNNING_VARIANCE -> java.util.Arrays.fill(values, 1f);
      default -> {}
    }
    return values;
  }

  /**
   * Reads a network that {@link Network#save} wrote, or the state dict of a PyTorch module; see
   * {@link StateDict} for names, order and layouts.
   *
   * @param file its name ends in {@code .safetensors} or {@code .npz}
   * @param modules the beginnings of a state dict's module names in the order in which the network
   *     has them, where the names themselves tell no order; else none
   * @return the network, with its mask
   * @throws IllegalArgumentException if the file's name ends otherwise
   * @throws kerf.storage.UnreadableFileException if there is no such file, or it is damaged or of
   *     another architecture
   */
  default Network load(Path file, String... modules) {
    Argument.require("file", file);
    Argument.require("modules", modules);
    return StateDict.read(file, this).requireFloat().network(this, modules);
  }

  /**
   * Reads a network, as {@link #load(Path, String...)}.
   *
   * @param file such as {@code "net.safetensors"}
   * @param modules the order of a state dict's modules, where names tell none; else none
   * @return the network, with its mask
   */
  default Network load(String file, String... modules) {
    Argument.require("file", file);
    Argument.require("modules", modules);
    return load(Path.of(file), modules);
  }

  /**
   * Initializes a network by the trainer's seed and trains it.
   *
   * @param <T> the kind of network returned
   * @param data what to train on
   * @param trainer how to train
   * @return the trained network
   */
  default <T extends Network> T train(Dataset data, Trainer<T> trainer) {
    Argument.require("data", data);
    Argument.require("trainer", trainer);
    return trainer.train(initialize(trainer.seed()), data);
  }
}
