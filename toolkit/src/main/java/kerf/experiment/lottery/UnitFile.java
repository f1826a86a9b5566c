package kerf.experiment.lottery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.experiment.Folders;
import kerf.experiment.UnitArrays;
import kerf.mask.LayerMask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ElementType;
import kerf.storage.Npy;
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

  void requireWritable() {
    Folders.requireWritable(folder);
  }

  void write(Unit unit, Done done) {
    UnitArrays arrays =
        done.divergence().map(UnitArrays::diverged).orElseGet(() -> arrays(done.trained()));
    arrays.save(folder.resolve(unit.path()));
  }

  private UnitArrays arrays(Done.Trained done) {
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
    arrays.put("trainingAccuracy", Npy.of(new long[] {1}, new double[] {done.trainingAccuracy()}));
    put(arrays, "network:", done.network());
    for (LayerMask layer : done.network().mask().layers()) {
      arrays.put("mask:" + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    done.rewind().ifPresent(checkpoint -> putCheckpoint(arrays, checkpoint));
    return UnitArrays.none().and(arrays);
  }

  Optional<Done> read(Unit unit) {
    return UnitArrays.read(folder.resolve(unit.path())).map(this::done);
  }

  private Done done(UnitArrays arrays) {
    return arrays.divergence().<Done>map(Done.Diverged::new).orElseGet(() -> trained(arrays));
  }

  private Done trained(UnitArrays arrays) {
    double[] rows = arrays.doubles("history", -1, COLUMNS);
    List<Evaluation> evaluations = new ArrayList<>();
    for (int i = 0; i < rows.length; i += COLUMNS) {
      evaluations.add(
          new Evaluation((long) rows[i], rows[i + 1], rows[i + 2], rows[i + 3], rows[i + 4]));
    }
    if (evaluations.isEmpty()) {
      throw arrays.damaged("evaluations in history", "none");
    }
    double trainingAccuracy = arrays.doubles("trainingAccuracy", 1)[0];
    Network network =
        arrays.network("network:", architecture).masked(arrays.mask("mask:", architecture));
    return new Done.Trained(
        new History(evaluations), trainingAccuracy, network, checkpoint(arrays));
  }

  private void put(Map<String, Npy> arrays, String prefix, Network network) {
    for (ParameterSpec spec : architecture.structure().parameters()) {
      arrays.put(prefix + spec.name(), Npy.of(spec.shape(), network.values(spec.name())));
    }
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

  private Optional<Checkpoint> checkpoint(UnitArrays arrays) {
    if (!arrays.names().contains("rewindAt")) {
      return Optional.empty();
    }
    Map<String, ParameterSpec> specs = new LinkedHashMap<>();
    architecture.structure().parameters().forEach(spec -> specs.put(spec.name(), spec));
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    for (String name : arrays.names()) {
      if (name.startsWith("slot:")) {
        String[] parts = name.split(":", 3);
        ParameterSpec spec = parts.length == 3 ? specs.get(parts[2]) : null;
        if (spec == null) {
          throw arrays.damaged("slots of " + String.join(", ", specs.keySet()), name);
        }
        slots
            .computeIfAbsent(parts[1], s -> new LinkedHashMap<>())
            .put(parts[2], arrays.floats(name, spec.size()));
      }
    }
    long[] at = arrays.longs("rewindAt", 2);
    return Optional.of(
        new Checkpoint(
            at[0], arrays.network("rewind:", architecture), new OptimizerState(at[1], slots)));
  }
}
