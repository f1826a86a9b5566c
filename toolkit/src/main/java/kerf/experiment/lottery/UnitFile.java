package kerf.experiment.lottery;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.experiment.Folders;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.storage.Npz;
import kerf.storage.UnreadableFileException;
import kerf.training.Checkpoint;
import kerf.training.Evaluation;
import kerf.training.History;
import kerf.training.OptimizerState;

/** Finished units on disk, each written whole or not at all, readable by numpy. */
final class UnitFile {
  private static final int COLUMNS = 5;

  private final Path folder;
  private final Architecture architecture;

  UnitFile(Path folder, Architecture architecture) {
    this.folder = folder;
    this.architecture = architecture;
  }

  /**
   * What a finished unit leaves.
   *
   * @param history what was measured
   * @param network the trained network with its mask
   * @param rewind the state to rewind to; only in dense units
   */
  record Done(History history, Network network, Optional<Checkpoint> rewind) {}

  void requireWritable() {
    Folders.requireWritable(folder);
  }

  void write(Unit unit, Done done) {
    Map<String, Npy> arrays = new LinkedHashMap<>();
    List<Evaluation> evaluations = done.history().evaluations();
    double[] rows = new double[evaluations.size() * COLUMNS];
    int at = 0;
    for (Evaluation e : evaluations) {
      rows[at++] = e.iteration();
      rows[at++] = e.trainingLoss();
      rows[at++] = e.validationLoss();
      rows[at++] = e.validationAccuracy();
      rows[at++] = e.testAccuracy();
    }
    arrays.put("history", Npy.of(new long[] {evaluations.size(), COLUMNS}, rows));
    arrays.put(
        "trainingAccuracy",
        Npy.of(new long[] {1}, new double[] {done.history().trainingAccuracy()}));
    put(arrays, "network:", done.network());
    for (LayerMask layer : done.network().mask().layers()) {
      arrays.put("mask:" + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    done.rewind().ifPresent(checkpoint -> putCheckpoint(arrays, checkpoint));
    Path file = folder.resolve(unit.path());
    Folders.create(file.getParent());
    Npz.write(file, arrays);
  }

  Optional<Done> read(Unit unit) {
    Path file = folder.resolve(unit.path());
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Map<String, Npy> arrays = arrays(file);
    double[] rows = arrays.get("history").doubles();
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < rows.length; i += COLUMNS) {
      evaluations.add(
          new Evaluation((long) rows[i], rows[i + 1], rows[i + 2], rows[i + 3], rows[i + 4]));
    }
    History history = new History(evaluations, arrays.get("trainingAccuracy").doubles()[0]);
    List<LayerMask> masks = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith("mask:")) {
            masks.add(LayerMask.of(name.substring(5), array.shape(), array.bytes()));
          }
        });
    Network network = network(arrays, "network:").masked(Mask.of(masks));
    return Optional.of(new Done(history, network, checkpoint(arrays)));
  }

  private static Map<String, Npy> arrays(Path file) {
    try {
      return Npz.read(file);
    } catch (UnreadableFileException e) {
      throw new IllegalStateException(
          e.getMessage() + "; delete it, and the next run does that training again", e);
    }
  }

  private void put(Map<String, Npy> arrays, String prefix, Network network) {
    for (ParameterSpec spec : architecture.structure().parameters()) {
      arrays.put(prefix + spec.name(), Npy.of(spec.shape(), network.values(spec.name())));
    }
  }

  private Network network(Map<String, Npy> arrays, String prefix) {
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : architecture.structure().parameters()) {
      values.put(spec.name(), arrays.get(prefix + spec.name()).floats());
    }
    return new Network(architecture, values);
  }

  private void putCheckpoint(Map<String, Npy> arrays, Checkpoint checkpoint) {
    put(arrays, "rewind:", checkpoint.network());
    arrays.put(
        "rewindAt",
        Npy.of(
            new long[] {2}, new long[] {checkpoint.iteration(), checkpoint.optimizer().steps()}));
    checkpoint
        .optimizer()
        .slots()
        .forEach(
            (slot, values) ->
                values.forEach(
                    (name, array) ->
                        arrays.put(
                            "slot:" + slot + ":" + name,
                            Npy.of(new long[] {array.length}, array))));
  }

  private Optional<Checkpoint> checkpoint(Map<String, Npy> arrays) {
    if (!arrays.containsKey("rewindAt")) {
      return Optional.empty();
    }
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    arrays.forEach(
        (name, array) -> {
          if (name.startsWith("slot:")) {
            String[] parts = name.split(":", 3);
            slots
                .computeIfAbsent(parts[1], s -> new LinkedHashMap<>())
                .put(parts[2], array.floats());
          }
        });
    long[] at = arrays.get("rewindAt").longs();
    return Optional.of(
        new Checkpoint(at[0], network(arrays, "rewind:"), new OptimizerState(at[1], slots)));
  }
}
