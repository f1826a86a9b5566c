package kerf.qat;

import java.util.Optional;
import kerf.argument.Argument;
import kerf.training.Run;
import kerf.training.Step;
import kerf.training.TrainingHook;

/**
 * A stretch of quantization-aware training in which something stands still. A training that goes on
 * from a checkpoint goes on with it.
 */
public final class Phase implements TrainingHook {
  private final Switch what;
  private final Step turn;
  private final boolean before;
  private final String word;

  private Phase(Switch what, Step turn, boolean before, String word) {
    this.what = what;
    this.turn = turn;
    this.before = before;
    this.word = word;
  }

  /**
   * Activations are observed at first and rounded only later, when ranges have settled: Jacob et
   * al. 2018, section 3.1. Weights are rounded from the beginning.
   *
   * @param until the step from which on activations are rounded
   * @return the hook
   */
  public static Phase delayActivations(Step until) {
    Argument.require("until", until);
    return new Phase(Switch.ACTIVATIONS_DELAYED, until, true, "delayActivations");
  }

  /**
   * Ranges do not move any more: {@code torch.ao.quantization.disable_observer}. Ranges of weights
   * that are found each step anew still follow the weights.
   *
   * @param from the step from which on they stay
   * @return the hook
   */
  public static Phase freezeObservers(Step from) {
    Argument.require("from", from);
    return new Phase(Switch.OBSERVERS_FROZEN, from, false, "freezeObservers");
  }

  /**
   * Batch normalization goes on with its running statistics and does not move them: {@code
   * torch.ao.nn.intrinsic.qat.freeze_bn_stats}.
   *
   * @param from the step from which on they stay
   * @return the hook
   */
  public static Phase freezeBatchNorm(Step from) {
    Argument.require("from", from);
    return new Phase(Switch.STATISTICS_FROZEN, from, false, "freezeBatchNorm");
  }

  @Override
  public Optional<String> identity() {
    return Optional.of(toString());
  }

  @Override
  public void start(Run run) {
    if (!run.hasState(Switch.STATE)) {
      throw new IllegalArgumentException(
          "%s needs a network prepared for quantization-aware training, found %s; train with qat().training(...)"
              .formatted(this, run.network().architecture().describe()));
    }
    long at = turn.iterations(run.perEpoch());
    if (at > run.total()) {
      throw new IllegalArgumentException(
          "%s comes at iteration %,d, found a training until %,d; let the training go on longer"
              .formatted(this, at, run.total()));
    }
    turn(run);
  }

  @Override
  public void afterStep(Run run) {
    if (run.iteration() == turn.iterations(run.perEpoch())) {
      turn(run);
    }
  }

  private void turn(Run run) {
    float[] switches = run.state(Switch.STATE);
    boolean passed = run.iteration() >= turn.iterations(run.perEpoch());
    switches[what.ordinal()] = passed != before ? 1 : 0;
    run.state(Switch.STATE, switches);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Phase phase && what == phase.what && turn.equals(phase.turn);
  }

  @Override
  public int hashCode() {
    return what.hashCode() * 31 + turn.hashCode();
  }

  @Override
  public String toString() {
    return "%s(%s)".formatted(word, turn);
  }
}
