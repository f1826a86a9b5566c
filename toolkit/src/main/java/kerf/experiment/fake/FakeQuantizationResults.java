package kerf.experiment.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of {@link FakeQuantization}. */
public final class FakeQuantizationResults extends Results {
  private final FakeQuantization plan;
  private final Measured measured;

  FakeQuantizationResults(FakeQuantization plan, Map<Unit, Outcome> units) {
    super(plan, "claims of Jacob et al. 2018", units);
    this.plan = plan;
    this.measured = new Measured(plan, units);
  }

  /**
   * Lists every network.
   *
   * @return a table, a row each: what was done, bits, seed, accuracy, against floats
   */
  public Table table() {
    return Rows.table("fake quantization", Trial.class, measured.trials());
  }

  @Override
  protected List<Claim> judged() {
    return new FakeClaims(plan, measured).all();
  }

  /**
   * Tells where the run differs from the article.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    Protocol own = plan.protocol();
    Protocol paper = Protocol.PUBLISHED;
    List<String> all = new ArrayList<>();
    all.add(
        "%s on %,d images of %s; the article has ResNets, Inception v3 and MobileNets on ImageNet"
            .formatted(plan.network().describe(), plan.data().train().size(), plan.data().name()));
    if (!own.equals(paper)) {
      all.add(
          "%d passes in floats and %d extra from rate %s on and batches of %d; the article's ResNets have about %d from %s on and batches of %d"
              .formatted(
                  own.epochs(),
                  own.extraEpochs(),
                  own.extraRate(),
                  own.batch(),
                  paper.extraEpochs(),
                  paper.extraRate(),
                  paper.batch()));
    }
    if (Double.isFinite(own.clip())) {
      all.add(
          "gradients of the extra passes are scaled down to the norm %s at most; without that, trainings of 2 and 3 bits diverge"
              .formatted(own.clip()));
    }
    all.add(
        "networks learn in floats first, and quantized ones go on from there; beside them so does the float network");
    all.add(
        "accuracy by bits is simulated, all layers quantized; the 8-bit networks that run in integers have their first convolution and their logits in floats");
    all.add("latency of ONNX Runtime on this machine; the article has phones");
    all.add(
        "accuracy at the end of training; images that do not fill a last batch are left out of a pass; no augmentation");
    return all;
  }

  /**
   * Draws accuracy by bits, after training and in training, a scale for all filters and one for
   * each.
   *
   * @return the figure
   */
  public Figure accuracy() {
    return figures().accuracy();
  }

  /**
   * Draws what each setting costs by bits, against floats trained as long.
   *
   * @return the figure
   */
  public Figure settings() {
    return figures().settings();
  }

  /**
   * Draws accuracy by latency, in floats and in integers. Measured at the first call; the machine
   * should be quiet.
   *
   * @return the figure
   */
  public Figure latency() {
    return figures().latency();
  }

  /**
   * Lists the times of float and integer networks in ONNX Runtime, measured in one run in which
   * they take turns. Measured at the first call; the machine should be quiet.
   *
   * @return a table, a row each
   */
  public Table latencies() {
    return Rows.table("latency", Speed.class, measured.speeds());
  }

  /**
   * Holds what integers gain in ONNX Runtime against what is said of them. Measured at the first
   * call; the machine should be quiet.
   *
   * @return a table, a row each: published, measured, tolerance, holds or not
   */
  public Table latencyClaims() {
    return Rows.table("claims of integers", Claim.class, new SpeedClaims(measured).all());
  }

  /**
   * Gives a trained float network of the experiment's widths.
   *
   * @param setting decides its activation, such as {@code setting("ReLU6")}
   * @param seed which repetition
   * @return the network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(Setting setting, long seed) {
    Argument.require("setting", setting);
    return measured.network(Unit.ofFloat(seed, Stage.FLOAT, setting, 1));
  }

  private FakeFigures figures() {
    return new FakeFigures(plan, measured);
  }
}
