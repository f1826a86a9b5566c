package kerf.experiment.robustness;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import kerf.experiment.Claim;

/** What the article says of its networks on MNIST, and the ablation's questions, held to a run. */
final class RobustnessClaims {
  private static final String OURS = "not published";

  /** The share of the gain by sparse activations up to which another gain counts as little. */
  private static final double LITTLE = 0.25;

  private final List<Trial> trials;

  RobustnessClaims(List<Trial> trials) {
    this.trials = trials;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(accuracyKept(Net.SPARSE_CNN_1, Net.DENSE_CNN_1, 0.015));
    claims.add(accuracyKept(Net.SPARSE_CNN_2, Net.DENSE_CNN_2, 0.01));
    claims.add(robuster(Net.SPARSE_CNN_1, Net.DENSE_CNN_1, 5_000));
    claims.add(robuster(Net.SPARSE_CNN_2, Net.DENSE_CNN_2, 2_000));
    claims.add(robuster(Net.DENSE_CNN_2_SP3, Net.DENSE_CNN_2, 1_000));
    claims.add(robuster(Net.SPARSE_CNN_2_D3, Net.DENSE_CNN_2, 1_000));
    claims.add(robuster(Net.SPARSE_CNN_2_W1, Net.DENSE_CNN_2, 1_000));
    claims.add(weightsAloneDoNot());
    claims.add(activationsAlone());
    claims.add(
        littleOfIt("ablation: sparse weights alone bring little of that", Net.SPARSE_WEIGHTS));
    claims.add(littleOfIt("ablation: so do weights pruned by magnitude", Net.PRUNED));
    return claims;
  }

  private Claim accuracyKept(Net sparse, Net dense, double tolerance) {
    String words = "%s classifies about as well as %s".formatted(sparse, dense);
    double published =
        sparse.published().orElseThrow().accuracy() - dense.published().orElseThrow().accuracy();
    String within = "at least %s".formatted(Claim.points(-tolerance));
    OptionalDouble measured = difference(sparse, dense, Trial::testAccuracy);
    if (measured.isEmpty()) {
      return Claim.notReached(words, Claim.points(published), within);
    }
    double found = measured.getAsDouble();
    return Claim.tested(
        words, Claim.points(published), Claim.points(found), within, found >= -tolerance, found);
  }

  private Claim robuster(Net sparse, Net dense, double least) {
    double published =
        sparse.published().orElseThrow().score() - dense.published().orElseThrow().score();
    return score(
        "%s bears noise better than %s".formatted(sparse, dense),
        images(published),
        difference(sparse, dense, Trial::score),
        least,
        Double.POSITIVE_INFINITY);
  }

  private Claim weightsAloneDoNot() {
    Net alone = Net.SPARSE_CNN_2_DSW;
    Net dense = Net.DENSE_CNN_2;
    double published =
        alone.published().orElseThrow().score() - dense.published().orElseThrow().score();
    return score(
        "%s bears noise much worse than %s".formatted(alone, dense),
        images(published),
        difference(alone, dense, Trial::score),
        Double.NEGATIVE_INFINITY,
        -5_000);
  }

  private Claim activationsAlone() {
    return score(
        "ablation: sparse activations alone bear noise better than dense ones",
        OURS,
        difference(Net.SPARSE_ACTIVATIONS, Net.DENSE, Trial::score),
        2_000,
        Double.POSITIVE_INFINITY);
  }

  private Claim littleOfIt(String words, Net arm) {
    String within = "at most %.0f %% of it".formatted(100 * LITTLE);
    OptionalDouble whole = difference(Net.SPARSE_ACTIVATIONS, Net.DENSE, Trial::score);
    OptionalDouble part = difference(arm, Net.DENSE, Trial::score);
    if (whole.isEmpty() || part.isEmpty()) {
      return Claim.notReached(words, OURS, within);
    }
    return Claim.tested(
        words,
        OURS,
        images(part.getAsDouble()),
        within,
        part.getAsDouble() <= LITTLE * whole.getAsDouble(),
        part.getAsDouble(),
        LITTLE * whole.getAsDouble());
  }

  private static Claim score(
      String words, String published, OptionalDouble measured, double least, double most) {
    String within =
        Double.isInfinite(most)
            ? "at least %s".formatted(images(least))
            : "at most %s".formatted(images(most));
    if (measured.isEmpty()) {
      return Claim.notReached(words, published, within);
    }
    double found = measured.getAsDouble();
    return Claim.tested(
        words, published, images(found), within, found >= least && found <= most, found);
  }

  private OptionalDouble difference(Net one, Net other, ToDoubleFunction<Trial> what) {
    OptionalDouble first = mean(one, what);
    OptionalDouble second = mean(other, what);
    return first.isPresent() && second.isPresent()
        ? OptionalDouble.of(first.getAsDouble() - second.getAsDouble())
        : OptionalDouble.empty();
  }

  private OptionalDouble mean(Net net, ToDoubleFunction<Trial> what) {
    return trials.stream()
        .filter(trial -> trial.net().equals(net.toString()))
        .mapToDouble(what)
        .average();
  }

  private static String images(double difference) {
    return "%+,.0f images".formatted(difference);
  }
}
