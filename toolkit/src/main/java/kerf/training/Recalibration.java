package kerf.training;

import ai.djl.ndarray.NDArray;
import java.lang.ref.Reference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.data.SampleTensors;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/**
 * Measures the running statistics of batch normalization anew: after pruning they still belong to
 * the dense network.
 *
 * <p>Means and variances become the plain averages over batches of what each batch had, as with
 * {@code momentum=None} in PyTorch's {@code BatchNorm2d}, and {@code
 * torch.optim.swa_utils.update_bn} for a whole network. No gradient is taken and nothing else
 * changes. Dropout is active, as there.
 */
public final class Recalibration {
  /** Images a batch, unless there are fewer. */
  private static final int BATCH = 100;

  /** Larger than statistics are, so that what a layer keeps of it tells the layer's momentum. */
  private static final float PROBE = 1 << 20;

  private final Session session;
  private final NDArray images;
  private final int batch;
  private final List<ParameterSpec> statistics;

  private Recalibration(
      Session session, NDArray images, int batch, List<ParameterSpec> statistics) {
    this.session = session;
    this.images = images;
    this.batch = batch;
    this.statistics = statistics;
  }

  /**
   * Recalibrates a network.
   *
   * @param network a network; one without batch normalization is returned as it is
   * @param samples such as {@code mnist().train().sample(2_000, 0)}; taken in batches of 100 in
   *     their order, a smaller rest is left out
   * @return the network with other running statistics
   * @throws IllegalArgumentException if there are fewer than 2 samples, or statistics are frozen
   */
  public static Network recalibrated(Network network, Samples samples) {
    network.requireFree();
    Fit.require(network, samples);
    List<ParameterSpec> parameters = network.architecture().structure().parameters();
    List<ParameterSpec> statistics =
        parameters.stream()
            .filter(
                spec ->
                    spec.role() == ParameterSpec.Role.RUNNING_MEAN
                        || spec.role() == ParameterSpec.Role.RUNNING_VARIANCE)
            .toList();
    if (samples.size() < 2) {
      throw new IllegalArgumentException(
          "recalibration needs at least 2 samples, found " + samples.size());
    }
    if (statistics.isEmpty()) {
      return network;
    }
    Map<String, float[]> values = new LinkedHashMap<>();
    parameters.forEach(spec -> values.put(spec.name(), network.values(spec.name())));
    int batch = Math.min(BATCH, samples.size());
    NDArray images = SampleTensors.of(samples).images();
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      Recalibration work = new Recalibration(session, images, batch, statistics);
      values.putAll(work.means(samples.size() / batch));
    } finally {
      // The tensors are freed with the samples, which nobody else may hold any more.
      Reference.reachabilityFence(samples);
    }
    return network.revalued(values);
  }

  private Map<String, float[]> means(int batches) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    Map<String, Double> taken = taken();
    for (int i = 0; i < batches; i++) {
      after(i, 0)
          .forEach(
              (name, found) -> {
                double[] sum = sums.computeIfAbsent(name, n -> new double[found.length]);
                for (int c = 0; c < sum.length; c++) {
                  sum[c] += found[c] / taken.get(name);
                }
              });
    }
    Map<String, float[]> means = new LinkedHashMap<>();
    sums.forEach(
        (name, sum) -> {
          float[] mean = new float[sum.length];
          for (int c = 0; c < mean.length; c++) {
            mean[c] = (float) (sum[c] / batches);
          }
          means.put(name, mean);
        });
    return means;
  }

  /** The part of a batch's statistics that a layer takes: DJL keeps a layer's momentum private. */
  private Map<String, Double> taken() {
    Map<String, float[]> zero = after(0, 0);
    Map<String, Double> taken = new LinkedHashMap<>();
    after(0, PROBE)
        .forEach((name, found) -> taken.put(name, 1.0 - (found[0] - zero.get(name)[0]) / PROBE));
    if (taken.containsValue(0.0)) {
      throw new IllegalArgumentException(
          "batch-norm statistics that are frozen cannot be measured anew, found such in training; recalibrate before freezeBatchNorm, or the float network");
    }
    return taken;
  }

  /** All statistics after one batch, from one value throughout. */
  private Map<String, float[]> after(int number, float before) {
    Interrupts.check();
    // Not NDArray.set, which makes the engine print a warning of its own.
    try (Value arrays =
            Value.of(statistics.stream().map(spec -> session.array(spec.name())).toList());
        Value value = Value.of(before)) {
      StepScript.SCRIPT.call("fill", arrays, value).close();
    }
    int first = number * batch;
    Scope.passing(() -> session.forward(Scope.rows(images, first, first + batch), true));
    Map<String, float[]> after = new LinkedHashMap<>();
    statistics.forEach(spec -> after.put(spec.name(), Scope.floats(session.array(spec.name()))));
    return after;
  }
}
