package kerf.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import kerf.training.Run;
import kerf.training.TrainingHook;

/**
 * Cuts a training into blocks of steps, notes the CPU time a step of each (all threads of the
 * process, so compiler and garbage collector count), and lets the peers take theirs in between.
 */
final class Blocks implements TrainingHook {
  private final int length;
  private final int warmup;
  private final List<DoubleSupplier> peers;
  private final List<Double> own = new ArrayList<>();
  private final List<List<Double>> others = new ArrayList<>();
  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private long start;

  Blocks(int length, int warmup, List<DoubleSupplier> peers) {
    this.length = length;
    this.warmup = warmup;
    this.peers = peers;
    peers.forEach(peer -> others.add(new ArrayList<>()));
  }

  @Override
  public void afterStep(Run run) {
    if (run.iteration() % length != 0) {
      return;
    }
    long spent = system.getProcessCpuTime() - start;
    boolean counts = run.iteration() > (long) warmup * length;
    if (counts) {
      own.add(spent / 1e6 / length);
    }
    for (int i = 0; i < peers.size(); i++) {
      double milliseconds = peers.get(i).getAsDouble();
      if (counts) {
        others.get(i).add(milliseconds);
      }
    }
    start = system.getProcessCpuTime();
  }

  double milliseconds() {
    return median(own);
  }

  double milliseconds(int peer) {
    return median(others.get(peer));
  }

  /** Ours over the peer's, block by block. */
  double ratio(int peer) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < own.size(); i++) {
      ratios.add(own.get(i) / others.get(peer).get(i));
    }
    return median(ratios);
  }

  static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
