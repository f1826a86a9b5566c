package kerf.experiment.connections;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.model.Architecture;
import kerf.training.Sgd;
import kerf.training.Training;
import kerf.training.WeightL1;

/**
 * The experiment of Han et al. 2015 on MNIST: prune what is small, retrain what is left, and again,
 * to a twelfth of the weights (table 1, figure 4); what regularization, retraining and iterating
 * each are worth (figure 5); and which layers mind (figure 6).
 *
 * @param length how much of it is run
 * @param data what it is trained on
 * @param recipes the networks, and how each is trained
 * @param l1 the factor of the sum of magnitudes, where L1 is compared with L2, above 0
 * @param levels sparsities of a layer in the sensitivity scan, ascending, in (0, 1)
 * @param seeds one repetition each, 1 or more
 * @param home the folder under which results are kept
 */
public record Connections(
    Length length,
    Dataset data,
    Map<Net, Recipe> recipes,
    double l1,
    List<Double> levels,
    List<Long> seeds,
    Path home) {

  /**
   * Checks that there is something to do.
   *
   * @param length how much of it is run
   * @param data what it is trained on
   * @param recipes the networks, and how each is trained
   * @param l1 the factor of the sum of magnitudes
   * @param levels sparsities of a layer in the sensitivity scan
   * @param seeds one repetition each
   * @param home the folder under which results are kept
   */
  public Connections {
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("seeds", seeds);
    if (recipes.isEmpty()) {
      throw new IllegalArgumentException(
          "networks must name at least one, found none; write networks(lenet300100(), lenet5())");
    }
    recipes = Collections.unmodifiableMap(new EnumMap<>(recipes));
    levels = List.copyOf(levels);
    seeds = Seeds.require(seeds);
  }

  /**
   * The experiment as far as a length goes.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Connections of(Length length) {
    Argument.require("length", length);
    Map<Net, Recipe> recipes = new EnumMap<>(Net.class);
    switch (length) {
      case SMOKE -> {
        recipes.put(Net.LENET_300_100, Recipe.of(0.1, 64, 60, 20, 30, 2, 1));
        recipes.put(Net.LENET_5, Recipe.of(0.03, 32, 40, 10, 10, 2, 0));
      }
      case QUICK -> {
        recipes.put(Net.LENET_300_100, Recipe.of(0.1, 64, 6_000, 1_500, 3_000, 4, 2));
        recipes.put(Net.LENET_5, Recipe.of(0.03, 32, 4_500, 1_500, 5_000, 4, 0));
      }
      case STANDARD -> {
        recipes.put(Net.LENET_300_100, Recipe.of(0.1, 64, 8_000, 2_000, 5_000, 5, 3));
        recipes.put(Net.LENET_5, Recipe.of(0.03, 32, 7_000, 2_000, 8_000, 4, 0));
      }
      case FULL -> {
        recipes.put(Net.LENET_300_100, Recipe.of(0.01, 64, 40_000, 20_000, 40_000, 5, 4));
        recipes.put(Net.LENET_5, Recipe.of(0.01, 64, 20_000, 10_000, 20_000, 5, 0));
      }
    }
    Dataset mnist = Datasets.mnist();
    return new Connections(
        length,
        length == Length.SMOKE ? mnist.sample(2_000, 500, 500, 1) : mnist,
        recipes,
        2e-5,
        List.of(0.3, 0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.95, 0.98),
        switch (length) {
          case SMOKE, QUICK -> List.of(1L);
          case STANDARD -> List.of(1L, 2L, 3L);
          case FULL -> List.of(1L, 2L, 3L, 4L, 5L);
        },
        Folders.home());
  }

  /**
   * Changes the data.
   *
   * @param other ten classes of pictures of 28×28 in one channel
   * @return such a plan
   */
  public Connections data(Dataset other) {
    return new Connections(length, other, recipes, l1, levels, seeds, home);
  }

  /**
   * Chooses among the networks.
   *
   * @param some {@code lenet300100()}, {@code lenet5()} or both
   * @return such a plan
   */
  public Connections networks(Architecture... some) {
    Argument.require("networks", some);
    Map<Net, Recipe> chosen = new EnumMap<>(Net.class);
    for (Architecture architecture : some) {
      Net net = Net.of(architecture);
      chosen.put(net, recipes.containsKey(net) ? recipes.get(net) : of(length).recipes.get(net));
    }
    return new Connections(length, data, chosen, l1, levels, seeds, home);
  }

  /**
   * Changes how a network is trained.
   *
   * @param network {@code lenet300100()} or {@code lenet5()}
   * @param recipe its trainings and rounds
   * @return such a plan
   */
  public Connections recipe(Architecture network, Recipe recipe) {
    Argument.require("network", network);
    Argument.require("recipe", recipe);
    Map<Net, Recipe> changed = new EnumMap<>(recipes);
    changed.put(Net.of(network), recipe);
    return new Connections(length, data, changed, l1, levels, seeds, home);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Connections seeds(long... each) {
    Argument.require("seeds", each);
    return new Connections(
        length, data, recipes, l1, levels, Arrays.stream(each).boxed().toList(), home);
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Connections home(Path folder) {
    return new Connections(length, data, recipes, l1, levels, seeds, folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public Survivors run() {
    return new Survivors(this, new Study<>(new Trainings(this)).run());
  }

  /** How many rounds of pruning a network goes through in all. */
  int rounds(Net net) {
    return recipes.get(net).rounds() + recipes.get(net).further();
  }

  /** A training with the sum of magnitudes in place of the sum of squares. */
  Training withL1(Training training) {
    Sgd optimizer = (Sgd) training.optimizer();
    return training.optimizer(optimizer.weightDecay(0)).penalty(new WeightL1(l1, List.of()));
  }

  /** What makes a unit's result; seeds and networks only say how many of them there are. */
  Identity identity() {
    Identity identity =
        new Identity("connections").and("data", data.toString(), Datasets.mnist().toString());
    Connections usual = of(length);
    for (Net net : Net.values()) {
      Recipe recipe = recipes.getOrDefault(net, usual.recipes.get(net));
      identity = identity.and(net.toString(), recipe, "");
    }
    return identity.and("l1", l1, 2e-5).and("levels", levels, usual.levels);
  }

  @Override
  public String toString() {
    return "connections, %s: %s on %s, seeds %s".formatted(length, recipes.keySet(), data, seeds);
  }
}
