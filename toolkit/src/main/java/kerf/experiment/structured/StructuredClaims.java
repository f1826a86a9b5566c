package kerf.experiment.structured;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import kerf.experiment.Claim;

/** The article's findings, held against a run; and what else one would like to know. */
final class StructuredClaims {
  private static final String OURS = "not in the article";
  private static final double UNIFORM = 0.7;
  private static final double CLOSE = 0.005;
  private static final double MODERATE = 0.2;
  private static final double HIGH = 0.1;

  private final Structured plan;
  private final Measured measured;

  StructuredClaims(Structured plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  List<Claim> all() {
    return List.of(
        multiplications(),
        scratch("Scratch-E", Arm.SLIM_SCRATCH_E),
        scratch("Scratch-B", Arm.SLIM_SCRATCH_B),
        moderate(),
        high(),
        filters(),
        weightsAgainstFilters(),
        multiplicationsOfAsManyWeights());
  }

  /** Both the inputs and the outputs of a convolution shrink: 0.7 times 0.7. */
  private Claim multiplications() {
    String words = "without 30 % of the filters, half of the multiplications are left";
    String published = "49 % (0.7 × 0.7)";
    String within = "within 5 points";
    if (!plan.kept().contains(UNIFORM)) {
      return Claim.notReached(words, published, within);
    }
    double left = measured.slimMacs(UNIFORM);
    return Claim.tested(
        words,
        published,
        percent(left),
        within,
        Math.abs(left - UNIFORM * UNIFORM) <= 0.05,
        Math.abs(left - UNIFORM * UNIFORM));
  }

  private Claim scratch(String name, Arm arm) {
    double gain = measured.gain(arm, Arm.FILTER_L1);
    return Claim.tested(
        "filters: %s is as accurate as pruned and fine-tuned (L1)".formatted(name),
        "as accurate or better",
        "%s, mean of all levels".formatted(Claim.points(gain)),
        "at least %s".formatted(Claim.points(-CLOSE)),
        gain >= -CLOSE,
        gain);
  }

  /** At the least density that still is moderate. */
  private Claim moderate() {
    String words = "weights: Scratch-E is close to pruned and fine-tuned at moderate sparsity";
    String published = "comparable";
    String within = "at least %s".formatted(Claim.points(-CLOSE));
    OptionalDouble kept = levels().filter(level -> measured.density(level) >= MODERATE).min();
    if (kept.isEmpty()) {
      return Claim.notReached(words, published, within);
    }
    double gain = measured.gain(Arm.MASK_SCRATCH_E, Arm.GLOBAL, kept.getAsDouble());
    return Claim.tested(
        words, published, at(gain, kept.getAsDouble()), within, gain >= -CLOSE, gain);
  }

  /** At the least density of all. */
  private Claim high() {
    String words = "weights: pruned and fine-tuned is better at high sparsity";
    String published = "fine-tuned better";
    String within = "above 0, at 90 % or more";
    OptionalDouble kept = levels().filter(level -> measured.density(level) <= HIGH).min();
    if (kept.isEmpty()) {
      return Claim.notReached(words, published, within);
    }
    double gain = measured.gain(Arm.GLOBAL, Arm.MASK_SCRATCH_E, kept.getAsDouble());
    return Claim.tested(words, published, at(gain, kept.getAsDouble()), within, gain > 0, gain);
  }

  private Claim filters() {
    double gain = measured.gain(Arm.RANDOM_FILTER, Arm.FILTER_L1);
    return Claim.tested(
        "filters by lot do as well as the smallest, once fine-tuned",
        OURS,
        "%s, mean of all levels".formatted(Claim.points(gain)),
        "at least %s".formatted(Claim.points(-CLOSE)),
        gain >= -CLOSE,
        gain);
  }

  private Claim weightsAgainstFilters() {
    double gain = measured.gain(Arm.GLOBAL, Arm.FILTER_L1);
    return Claim.tested(
        "of as many weights, chosen singly, more accuracy is left than of whole filters",
        OURS,
        "%s, mean of all levels".formatted(Claim.points(gain)),
        "above 0",
        gain > 0,
        gain);
  }

  private Claim multiplicationsOfAsManyWeights() {
    double kept = plan.kept().get(plan.kept().size() - 1);
    double weights = measured.mean(Arm.GLOBAL, kept, Trial::macsLeft);
    double filters = measured.slimMacs(kept);
    return Claim.tested(
        "of as many weights, whole filters take fewer multiplications than single weights",
        OURS,
        "%s left against %s, with %s of the weights"
            .formatted(percent(filters), percent(weights), percent(measured.density(kept))),
        "fewer",
        filters < weights,
        filters,
        weights);
  }

  private DoubleStream levels() {
    return plan.kept().stream().mapToDouble(Double::doubleValue);
  }

  private String at(double gain, double kept) {
    return "%s at %s".formatted(Claim.points(gain), percent(1 - measured.density(kept)));
  }

  private static String percent(double fraction) {
    return "%.0f %%".formatted(100 * fraction);
  }
}
