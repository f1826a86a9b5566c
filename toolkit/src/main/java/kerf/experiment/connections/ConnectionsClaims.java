package kerf.experiment.connections;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import kerf.experiment.Claim;
import kerf.experiment.connections.Unit.Regularization;

/** The article's claims, held against a run. */
final class ConnectionsClaims {
  private static final double LOSS = 0.002;
  private static final int MARGIN = 4;

  private final Connections plan;
  private final Measured measured;

  ConnectionsClaims(Connections plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    for (Net net : plan.recipes().keySet()) {
      claims.add(factor(net));
      claims.add(accuracy(net));
    }
    if (measured.has(Net.LENET_300_100)) {
      claims.add(middle());
      claims.add(half());
      claims.add(better(Regularization.L1, Regularization.L2, "without", Trainings.START));
      claims.add(better(Regularization.L2, Regularization.L1, "with", Trainings.ACCURACY));
      claims.add(iterating());
    }
    if (measured.has(Net.LENET_5)) {
      claims.add(firstLayer());
    }
    return claims;
  }

  private Claim factor(Net net) {
    double factor = 1 / measured.density(net, measured.published(net));
    return Claim.tested(
        net + " needs a twelfth of its weights",
        "12 times fewer",
        "%.1f times fewer".formatted(factor),
        "at least 12 times",
        factor >= Net.FACTOR,
        factor);
  }

  private Claim accuracy(Net net) {
    double gain = measured.gain(net, measured.published(net));
    return Claim.tested(
        net + " loses no accuracy by it",
        Claim.points(net.denseError() - net.prunedError()),
        Claim.points(gain),
        "at least -0.20 points",
        gain >= -LOSS,
        gain);
  }

  private Claim middle() {
    double middle = measured.mean(seed -> measured.survivalMap(seed).centerDensity(MARGIN));
    double margin = measured.mean(seed -> measured.survivalMap(seed).marginDensity(MARGIN));
    return Claim.tested(
        "fc1 keeps the middle of the picture, where digits are",
        "28 bands, empty at the margin",
        "kept: middle %.1f %%, margin %.1f %%".formatted(100 * middle, 100 * margin),
        "middle at least twice as dense",
        middle >= 2 * margin,
        middle,
        2 * margin);
  }

  /** At the first round that prunes half or more. */
  private Claim half() {
    int round =
        IntStream.rangeClosed(1, measured.rounds(Net.LENET_300_100))
            .filter(i -> measured.density(Net.LENET_300_100, i) <= 0.55)
            .findFirst()
            .orElseThrow();
    double change = measured.once(Regularization.L2, round, Trainings.START);
    return Claim.tested(
        "half of the weights can go without retraining",
        "2 times fewer for nothing (AlexNet)",
        "%s at %.1f times fewer"
            .formatted(Claim.points(change), 1 / measured.density(Net.LENET_300_100, round)),
        "at least -0.50 points",
        change >= -0.005,
        change);
  }

  /** Of two networks pruned at once, mean over the rounds. */
  private Claim better(Regularization one, Regularization other, String how, String when) {
    double better =
        IntStream.rangeClosed(1, measured.rounds(Net.LENET_300_100))
            .mapToDouble(
                round -> measured.once(one, round, when) - measured.once(other, round, when))
            .average()
            .orElseThrow();
    return Claim.tested(
        "%s retraining, %s is better than %s".formatted(how, one, other),
        one + " better (AlexNet)",
        "%s %s on average".formatted(one, Claim.points(better)),
        "above 0",
        better > 0,
        better);
  }

  private Claim iterating() {
    int last = measured.rounds(Net.LENET_300_100);
    double better =
        measured.gain(Net.LENET_300_100, last)
            - measured.once(Regularization.L2, last, Trainings.ACCURACY);
    return Claim.tested(
        "iterating goes further than pruning once",
        "9 times fewer instead of 5 (AlexNet)",
        "%s at %.0f times fewer"
            .formatted(Claim.points(better), 1 / measured.density(Net.LENET_300_100, last)),
        "above 0",
        better > 0,
        better);
  }

  /** At the level at which an eighth of the layer, or less, is left. */
  private Claim firstLayer() {
    int level =
        IntStream.range(0, plan.levels().size())
            .filter(i -> plan.levels().get(i) >= 0.87)
            .findFirst()
            .orElse(plan.levels().size() - 1);
    double first = measured.scan(Net.LENET_5, "conv1", level);
    double others =
        Net.LENET_5.kept().keySet().stream()
            .filter(layer -> !layer.equals("conv1"))
            .mapToDouble(layer -> measured.scan(Net.LENET_5, layer, level))
            .min()
            .orElseThrow();
    return Claim.tested(
        "the first convolution minds pruning most",
        "conv1 most sensitive (AlexNet)",
        "%.1f %% right at %.0f %% kept; next %.1f %%"
            .formatted(100 * first, 100 * (1 - plan.levels().get(level)), 100 * others),
        "conv1 lowest",
        first < others,
        first,
        others);
  }
}
