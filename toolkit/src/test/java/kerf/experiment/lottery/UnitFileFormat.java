package kerf.experiment.lottery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.fuzz.FileFormat;
import kerf.fuzz.Format;
import kerf.fuzz.ZipEdits;
import kerf.model.Architecture;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Evaluation;
import kerf.training.History;
import kerf.training.OptimizerState;

/** Finished units of the lottery study, as a format that is fuzzed. */
public final class UnitFileFormat {
  private static final Architecture NET = Mlp.of(9, 4, 3);
  private static final Unit UNIT = new Unit(1, Arm.TICKET, 0);

  private UnitFileFormat() {}

  public static Format format() {
    return FileFormat.of("unit", ".npz", UnitFileFormat::write, UnitFileFormat::read)
        .editedBy(ZipEdits::edit)
        .withDigest();
  }

  private static void write(Path file, long seed) throws IOException {
    Network net = Pruning.plan().sparsity(0.4).prune(NET.initialize(seed));
    Evaluation point = new Evaluation(10, 0.5, 0.6, 0.7, 0.8);
    Checkpoint rewind =
        new Checkpoint(
            3,
            NET.initialize(seed),
            new OptimizerState(
                3, Map.of("momentum", Map.of("fc1.weight", net.values("fc1.weight")))));
    Done.Trained done =
        new Done.Trained(
            new History(List.of(point, point)),
            0.9,
            net,
            seed % 2 == 0 ? Optional.of(rewind) : Optional.empty());
    Path folder = Files.createTempDirectory("kerf-unit");
    new UnitFile(folder, NET).write(UNIT, done);
    Path unit = folder.resolve(UNIT.path());
    Files.move(unit, file);
    Files.delete(unit.getParent());
    Files.delete(unit.getParent().getParent());
    Files.delete(folder);
  }

  private static Object read(Path file) {
    Path folder = file.resolveSibling(file.getFileName() + ".folder");
    Path unit = folder.resolve(UNIT.path());
    try {
      Files.createDirectories(unit.getParent());
      Files.write(unit, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Done.Trained done = new UnitFile(folder, NET).read(UNIT).orElseThrow().trained();
    List<Object> all = new ArrayList<>();
    all.add(done.history());
    all.add(done.trainingAccuracy());
    add(all, done.network());
    done.rewind()
        .ifPresent(
            rewind -> {
              add(all, rewind.network());
              all.add(rewind.iteration());
              all.add(rewind.optimizer().steps());
              rewind
                  .optimizer()
                  .slots()
                  .forEach(
                      (slot, values) ->
                          values.forEach(
                              (name, array) -> {
                                all.add(slot + name);
                                all.add(FloatBuffer.wrap(array));
                              }));
            });
    return all;
  }

  private static void add(List<Object> all, Network network) {
    for (ParameterSpec spec : NET.structure().parameters()) {
      all.add(FloatBuffer.wrap(network.values(spec.name())));
    }
    all.add(network.mask());
  }
}
