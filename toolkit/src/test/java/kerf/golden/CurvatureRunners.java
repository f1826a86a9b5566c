package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import kerf.curvature.Coordinates;
import kerf.curvature.Hessian;
import kerf.curvature.TargetError;
import kerf.model.Activation;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.training.CrossEntropy;

/** Second derivatives of small perceptrons. */
final class CurvatureRunners {
  private CurvatureRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of("paper.obd", CurvatureRunners::damage, "modern.hawq_trace", CurvatureRunners::traces);

  private static Map<String, Npy> damage(GoldenCase golden) {
    assertThat(golden.param("loss").getAsString())
        .isEqualTo("mean over all elements of (output - target)^2");
    Npy w1 = golden.input("w1");
    Npy w2 = golden.input("w2");
    Activation hidden =
        Activation.valueOf(
            golden.param("hidden_activation").getAsString().toUpperCase(Locale.ROOT));
    Network network =
        Mlp.of((int) w1.shape()[1], (int) w1.shape()[0], (int) w2.shape()[0])
            .activation(hidden)
            .initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight", w1.floats(),
                    "fc1.bias", golden.input("b1").floats(),
                    "fc2.weight", w2.floats(),
                    "fc2.bias", golden.input("b2").floats()));
    Hessian hessian = TargetError.hessian(network, golden.input("x"), golden.input("target"));

    double[] exact = hessian.exactDiagonal();
    double[] gaussNewton = hessian.gaussNewtonDiagonal();
    double[] values = Coordinates.of(network).values(network);
    double[] saliencies = new double[values.length];
    Arrays.setAll(saliencies, i -> exact[i] * values[i] * values[i] / 2);

    Map<String, Npy> results = new LinkedHashMap<>();
    Map<String, double[]> byName = new LinkedHashMap<>();
    int at = 0;
    for (String name : List.of("w1", "b1", "w2", "b2")) {
      long[] shape = golden.input(name).shape();
      int end = at + golden.input(name).size();
      byName.put(name, Arrays.copyOfRange(saliencies, at, end));
      results.put("hess_diag_" + name, part(shape, exact, at, end));
      results.put("gauss_newton_diag_" + name, part(shape, gaussNewton, at, end));
      results.put("saliency_" + name, part(shape, saliencies, at, end));
      at = end;
    }
    double[] ordered =
        golden.param("parameter_order").getAsJsonArray().asList().stream()
            .flatMapToDouble(name -> Arrays.stream(byName.get(name.getAsString())))
            .toArray();
    long[] ascending =
        IntStream.range(0, at)
            .boxed()
            .sorted(Comparator.comparing(i -> ordered[i]))
            .mapToLong(Integer::longValue)
            .toArray();
    results.put("ascending_order", Npy.of(new long[] {at}, ascending));
    results.put("loss", Npy.of(new long[] {1}, new float[] {(float) hessian.loss()}));
    return results;
  }

  private static Map<String, Npy> traces(GoldenCase golden) {
    assertThat(golden.param("network").getAsString())
        .isEqualTo("out = tanh(x w1^T + b1) w2^T + b2");
    Npy w1 = golden.input("w1");
    Npy w2 = golden.input("w2");
    Network network =
        Mlp.of((int) w1.shape()[1], (int) w1.shape()[0], (int) w2.shape()[0])
            .activation(Activation.TANH)
            .initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight", w1.floats(),
                    "fc1.bias", golden.input("b1").floats(),
                    "fc2.weight", w2.floats(),
                    "fc2.bias", golden.input("b2").floats()));
    Npy x = golden.input("x");
    Hessian hessian =
        golden.gives("labels")
            ? TargetError.hessian(network, x, new CrossEntropy(), golden.input("labels").longs())
            : TargetError.hessian(network, x, golden.input("target"));

    Map<String, Npy> results = new LinkedHashMap<>();
    double[][] exact = hessian.exact();
    for (String name : List.of("w1", "w2")) {
      String layer = "fc" + name.charAt(1);
      int first = Coordinates.of(network).first(layer);
      int size = golden.input(name).size();
      double trace = 0;
      for (int place = first; place < first + size; place++) {
        trace += exact[place][place];
      }
      double[] estimates = hessian.along(layer, rows(golden.input("vectors_" + name)));
      results.put("trace_" + name, number(trace));
      results.put("average_trace_" + name, number(trace / size));
      results.put("top_eigenvalue_" + name, number(top(exact, first, size)));
      results.put(
          "estimates_" + name, part(new long[] {estimates.length}, estimates, 0, estimates.length));
      results.put("estimate_" + name, number(Arrays.stream(estimates).average().orElseThrow()));
    }
    return results;
  }

  private static List<double[]> rows(Npy vectors) {
    double[] all = vectors.doubles();
    int size = all.length / (int) vectors.shape()[0];
    return IntStream.range(0, all.length / size)
        .mapToObj(i -> Arrays.copyOfRange(all, i * size, (i + 1) * size))
        .toList();
  }

  /** The greatest eigenvalue of a block on the diagonal, by power iteration. */
  private static double top(double[][] matrix, int first, int size) {
    double[] vector = new double[size];
    Arrays.setAll(vector, i -> 1 + 0.1 * i);
    double norm = 0;
    for (int round = 0; round < 20_000; round++) {
      double[] next = new double[size];
      double square = 0;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          next[i] += matrix[first + i][first + j] * vector[j];
        }
        square += next[i] * next[i];
      }
      norm = Math.sqrt(square);
      for (int i = 0; i < size; i++) {
        vector[i] = next[i] / norm;
      }
    }
    return norm;
  }

  private static Npy number(double value) {
    return Npy.of(new long[] {1}, new float[] {(float) value});
  }

  private static Npy part(long[] shape, double[] values, int from, int to) {
    float[] part = new float[to - from];
    for (int i = from; i < to; i++) {
      part[i - from] = (float) values[i];
    }
    return Npy.of(shape, part);
  }
}
