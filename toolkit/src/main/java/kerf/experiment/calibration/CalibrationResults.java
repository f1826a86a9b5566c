package kerf.experiment.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.data.Samples;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of {@link Calibration}. */
public final class CalibrationResults extends Results {
  private final Calibration plan;
  private final Measured measured;

  CalibrationResults(Calibration plan, Map<Unit, Outcome> units) {
    super(plan, "claims on calibration", units);
    this.plan = plan;
    this.measured = new Measured(plan, units);
  }

  /**
   * Lists every quantized network.
   *
   * @return a table, a row each: calibrator, bits, images, seed, accuracy, loss
   */
  public Table table() {
    return Rows.table("calibrators", Trial.class, measured.trials());
  }

  /**
   * Lists what is lost by calibrator and width, mean over the seeds, at the greatest number of
   * calibration images.
   *
   * @return a table, a row a calibrator
   */
  public Table summary() {
    return Rows.table(
        "points lost against floats, mean of the seeds", Summary.class, measured.summaries());
  }

  @Override
  protected List<Claim> judged() {
    return new CalibrationClaims(plan, measured).all();
  }

  /**
   * Tells where the run differs from what was published.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    List<String> all = new ArrayList<>();
    all.add(
        "%s on %,d images of %s, %d epochs; the publications have networks for ImageNet and more"
            .formatted(
                plan.network().describe(),
                plan.data().train().size(),
                plan.data().name(),
                plan.epochs()));
    all.add(
        "activations have from %d to %d bits and the weights 8 throughout; ACIQ narrows both, each channel by itself, and corrects the bias of weights besides"
            .formatted(
                plan.calibrators().bits().get(0),
                plan.calibrators().bits().get(plan.calibrators().bits().size() - 1)));
    all.add(
        "activations are unsigned with a zero point; TensorRT's are signed and symmetric, so of a ReLU's output half of its grid stays empty");
    all.add("the input and the logits stay float");
    all.add(
        "KL below 8 bits merges into half as many levels for each bit; the published method is for 8");
    return all;
  }

  /**
   * Draws accuracy by the width of activations, a line a calibrator.
   *
   * @return the figure
   */
  public Figure accuracy() {
    return figures().accuracy();
  }

  /**
   * Draws accuracy by the number of images calibrated on, at the least width, where it matters
   * most.
   *
   * @return the figure
   */
  public Figure images() {
    return figures().images();
  }

  /**
   * Draws the clipping of least squared error by width, of Laplace's and Gauss's distributions: as
   * published by Banner et al., and as a search finds it on numbers drawn from them.
   *
   * @return the figure
   */
  public Figure clipping() {
    return figures().clipping();
  }

  /**
   * Gives a trained network, in floats.
   *
   * @param seed which repetition
   * @return the network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(long seed) {
    return measured.network(seed);
  }

  /**
   * Gives the images that calibrators looked at, the greatest number.
   *
   * @param seed which repetition
   * @return a sample of the training images
   */
  public Samples calibrationImages(long seed) {
    return plan.data().train().sample(measured.most(), seed);
  }

  private CalibrationFigures figures() {
    return new CalibrationFigures(plan, measured);
  }
}
