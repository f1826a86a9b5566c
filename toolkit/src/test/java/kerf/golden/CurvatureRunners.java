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

/** Second derivatives of small perceptrons. */
final class CurvatureRunners {
  private CurvatureRunners() {}

  static final Map<String, GoldenRunner> ALL = Map.of("paper.obd", CurvatureRunners::damage);

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

  private static Npy part(long[] shape, double[] values, int from, int to) {
    float[] part = new float[to - from];
    for (int i = from; i < to; i++) {
      part[i - from] = (float) values[i];
    }
    return Npy.of(shape, part);
  }
}
