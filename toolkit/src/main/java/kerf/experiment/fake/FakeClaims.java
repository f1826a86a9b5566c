package kerf.experiment.fake;

import java.util.ArrayList;
import java.util.List;
import kerf.experiment.Claim;

/** The article's findings, held against a run; and what else one would like to know. */
final class FakeClaims {
  private static final String OURS = "not in the article";
  private static final double CLOSE = 0.005;
  private static final int WIDE = 8;

  private final FakeQuantization plan;
  private final Measured measured;

  FakeClaims(FakeQuantization plan, Measured measured) {
    this.plan = plan;
    this.measured = measured;
  }

  List<Claim> all() {
    List<Claim> claims = new ArrayList<>();
    claims.add(
        eight(
            "8 bits, trained with fake quantization, are as accurate as floats",
            Stage.QAT,
            Setting.PER_TENSOR,
            Published.RESNET_50));
    claims.add(
        eight(
            "so are 8 bits after training, a scale for each filter",
            Stage.PTQ,
            Setting.PER_CHANNEL,
            OURS));
    claims.add(recovery(4));
    claims.add(recovery(3));
    claims.add(channels());
    claims.add(rectifier());
    claims.add(folding());
    claims.add(tuning());
    return claims;
  }

  private Claim eight(String words, Stage stage, Setting setting, String published) {
    String within = "at least %s".formatted(Claim.points(-CLOSE));
    if (!plan.bits().contains(WIDE)) {
      return Claim.notReached(words, published, within);
    }
    double change = measured.fair(stage, setting, WIDE);
    return Claim.tested(words, published, Claim.points(change), within, change >= -CLOSE, change);
  }

  private Claim recovery(int bits) {
    String words = "at %d bits training recovers most of what quantization loses".formatted(bits);
    String within = "more than half";
    if (!plan.bits().contains(bits)) {
      return Claim.notReached(words, OURS, within);
    }
    Setting setting = Setting.PER_TENSOR;
    return Claim.tested(
        words,
        OURS,
        "%.0f %%: %s after training, %s by it"
            .formatted(
                100 * measured.recovered(setting, bits),
                Claim.points(measured.fair(Stage.PTQ, setting, bits)),
                Claim.points(measured.fair(Stage.QAT, setting, bits))),
        within,
        measured.recovered(setting, bits) > 0.5,
        measured.recovered(setting, bits));
  }

  private Claim channels() {
    double gain =
        measured.fair(Stage.PTQ, Setting.PER_CHANNEL)
            - measured.fair(Stage.PTQ, Setting.PER_TENSOR);
    return Claim.tested(
        "after training, a scale for each filter is at least as good as one for all",
        OURS,
        mean(gain),
        "at least %s".formatted(Claim.points(0)),
        gain >= 0,
        gain);
  }

  /** The article's table 4.3: each against its own float network. */
  private Claim rectifier() {
    double gain =
        measured.fair(Stage.QAT, Setting.RELU6) - measured.fair(Stage.QAT, Setting.PER_TENSOR);
    return Claim.tested(
        "trained with fake quantization, ReLU6 loses less than ReLU",
        Published.RELU6_GAIN,
        mean(gain),
        "above 0",
        gain > 0,
        gain);
  }

  /** Trained without folding, and folded all the same in the end, as integers need it. */
  private Claim folding() {
    double gain = measured.fair(Stage.QAT, Setting.PER_TENSOR) - measured.foldedAfterwards();
    return Claim.tested(
        "folding batch normalization while training beats folding it afterwards",
        OURS,
        mean(gain),
        "above 0",
        gain > 0,
        gain);
  }

  private Claim tuning() {
    double gain =
        measured.mean(Stage.TUNED, Setting.PER_TENSOR, Unit.FLOAT_BITS)
            - measured.mean(Stage.FLOAT, Setting.PER_TENSOR, Unit.FLOAT_BITS);
    return Claim.tested(
        "the extra passes alone raise the float network, so it must be compared after them",
        OURS,
        Claim.points(gain),
        "above 0",
        gain > 0,
        gain);
  }

  private static String mean(double gain) {
    return "%s, mean of all bit widths".formatted(Claim.points(gain));
  }
}
