package kerf.experiment.structured;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import kerf.argument.Argument;
import kerf.experiment.Plans;

/** What is done with a trained network, or in its place. */
public enum Arm {
  /** The network before pruning. */
  DENSE("dense", Pattern.NONE, Start.SCRATCH),
  /** The smallest weights of all layers together are pruned; fine-tuned. */
  GLOBAL("weights, global", Pattern.GLOBAL, Start.DENSE),
  /** The smallest weights of each layer are pruned; fine-tuned. */
  LAYERWISE("weights, layer-wise", Pattern.LAYERWISE, Start.DENSE),
  /** The mask of {@link #GLOBAL} over fresh weights, trained as long as the dense network. */
  MASK_SCRATCH_E("weights, Scratch-E", Pattern.GLOBAL, Start.SCRATCH),
  /** The filters of each convolution with the least sums of magnitudes go; slimmed, fine-tuned. */
  FILTER_L1("filters, L1", Pattern.FILTER_L1, Start.DENSE),
  /** The filters of each convolution with the least sums of squares go; slimmed, fine-tuned. */
  FILTER_L2("filters, L2", Pattern.FILTER_L2, Start.DENSE),
  /** As many filters go, by lot; slimmed, fine-tuned. */
  RANDOM_FILTER("filters, random", Pattern.RANDOM_FILTER, Start.DENSE),
  /** The slim network of {@link #FILTER_L1} with fresh weights, for the dense one's epochs. */
  SLIM_SCRATCH_E("filters, Scratch-E", Pattern.FILTER_L1, Start.SCRATCH),
  /** The same for the dense one's multiplications: more epochs. */
  SLIM_SCRATCH_B("filters, Scratch-B", Pattern.FILTER_L1, Start.SCRATCH);

  /** What is removed. */
  enum Pattern {
    NONE,
    GLOBAL,
    LAYERWISE,
    FILTER_L1,
    FILTER_L2,
    RANDOM_FILTER;

    boolean filters() {
      return compareTo(FILTER_L1) >= 0;
    }
  }

  /** Which weights training starts from. */
  enum Start {
    /** Those of the dense network. */
    DENSE,
    /** Fresh ones. */
    SCRATCH
  }

  private final String words;
  private final Pattern pattern;
  private final Start start;

  Arm(String words, Pattern pattern, Start start) {
    this.words = words;
    this.pattern = pattern;
    this.start = start;
  }

  Pattern pattern() {
    return pattern;
  }

  boolean fromScratch() {
    return start == Start.SCRATCH;
  }

  /** Whether its networks are smaller, not masked. */
  boolean slim() {
    return pattern.filters();
  }

  /** All that prune. */
  static List<Arm> pruned() {
    return Stream.of(values()).filter(arm -> arm != DENSE).toList();
  }

  /**
   * Finds an arm.
   *
   * @param name as tables name it, such as {@code filters, L1}
   * @return the arm
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Arm named(String name) {
    Argument.require("name", name);
    return Plans.named("arm", values(), name);
  }

  /** The name in a file's name. */
  String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return words;
  }
}
