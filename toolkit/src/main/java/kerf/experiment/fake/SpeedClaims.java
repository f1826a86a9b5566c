package kerf.experiment.fake;

import java.util.List;
import kerf.experiment.Claim;

/** What integers gain on the clock and on disk. */
final class SpeedClaims {
  private static final double CLOSE = 0.005;
  private static final double FAST = 0.7;
  private static final double SMALL = 0.28;

  private final Measured measured;
  private final List<Speed> speeds;

  SpeedClaims(Measured measured) {
    this.measured = measured;
    this.speeds = measured.speeds();
  }

  List<Claim> all() {
    return List.of(size(), latency(), runtime());
  }

  /** The last row is the widest network's integers. */
  private Speed integers() {
    return speeds.get(speeds.size() - 1);
  }

  private Speed floats() {
    return speeds.get(speeds.size() - 2);
  }

  private Claim size() {
    double ratio = (double) integers().bytes() / floats().bytes();
    return Claim.tested(
        "the file of the widest network is a quarter as large",
        "a quarter (8 bits of 32)",
        "%.2f".formatted(ratio),
        "at most %s".formatted(SMALL),
        ratio <= SMALL,
        ratio);
  }

  private Claim latency() {
    return Claim.tested(
        "the widest network is faster in integers",
        "up to 50 % less time (SSD MobileNet, phone)",
        "%.2f of the time of floats at batch 64, %.2f at batch 1"
            .formatted(integers().ratio64(), integers().ratio1()),
        "below %s at batch 64".formatted(FAST),
        integers().ratio64() < FAST,
        integers().ratio64());
  }

  /** Simulation rounds as integers do; what differs are ties, and the order of sums of floats. */
  private Claim runtime() {
    double most = 0;
    for (Speed speed : speeds) {
      if (speed.network().equals(Clock.INTEGERS)) {
        most = Math.max(most, Math.abs(speed.accuracy() - measured.simulated(speed.widths())));
      }
    }
    return Claim.tested(
        "integers in ONNX Runtime are as accurate as simulated",
        "the same arithmetic",
        "%.2f points apart at most".formatted(100 * most),
        "within %.1f points".formatted(100 * CLOSE),
        most <= CLOSE,
        most);
  }
}
