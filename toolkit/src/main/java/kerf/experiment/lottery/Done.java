package kerf.experiment.lottery;

import java.util.Optional;
import kerf.experiment.UnitResult;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.training.Checkpoint;
import kerf.training.History;

/** What a finished unit leaves. */
sealed interface Done extends UnitResult {

  /** The training; what starts from one that diverged diverges too. */
  Trained trained();

  /**
   * A training to its end.
   *
   * @param history what was measured
   * @param trainingAccuracy the fraction of training images classified rightly at the end
   * @param network the trained network with its mask
   * @param rewind the state to rewind to; only in dense units
   */
  record Trained(
      History history, double trainingAccuracy, Network network, Optional<Checkpoint> rewind)
      implements Done {
    @Override
    public Trained trained() {
      return this;
    }

    @Override
    public Optional<String> divergence() {
      return Optional.empty();
    }
  }

  /**
   * One that diverged: kept like any other, since it would end so again.
   *
   * @param why what diverged
   */
  record Diverged(String why) implements Done {
    @Override
    public Trained trained() {
      throw new DivergedException(why);
    }

    @Override
    public Optional<String> divergence() {
      return Optional.of(why);
    }
  }
}
