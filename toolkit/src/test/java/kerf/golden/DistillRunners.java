package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.Activation;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.training.Distillation;
import kerf.training.LogitTeacher;

/** Distillation from given logits. */
final class DistillRunners {
  private DistillRunners() {}

  static final Map<String, GoldenRunner> ALL = Map.of("modern.distill", DistillRunners::distill);

  private static Map<String, Npy> distill(GoldenCase golden) {
    return golden.param("part").getAsString().equals("loss") ? loss(golden) : training(golden);
  }

  /**
   * A linear student of one-hot inputs gives out its weights, and a plain step of rate 1 takes the
   * gradient of its outputs off them.
   */
  private static Map<String, Npy> loss(GoldenCase golden) {
    double temperature = golden.param("temperature").getAsDouble();
    Npy logits = golden.input("student_logits");
    int batch = (int) logits.shape()[0];
    int classes = (int) logits.shape()[1];
    float[] identity = new float[batch * batch];
    for (int i = 0; i < batch; i++) {
      identity[i * batch + i] = 1;
    }
    Npy x = Npy.of(new long[] {batch, batch}, identity);
    Network student =
        Mlp.of(batch, classes)
            .initialize(0)
            .revalued(
                Map.of(
                    "fc1.weight",
                    transposed(logits.floats(), batch, classes),
                    "fc1.bias",
                    new float[classes]));
    Distillation loss =
        Distillation.of(LogitTeacher.of(golden.input("teacher_logits"), batch))
            .temperature(temperature);
    long[] labels = golden.input("labels").longs();
    var step = step(student, loss.weight(golden.param("alpha").getAsDouble()), x, labels);
    float kl = step(student, loss.weight(1), x, labels).loss();
    float[] gradient = student.values("fc1.weight");
    float[] after = step.after().values("fc1.weight");
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] -= after[i];
    }

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("loss", row(step.loss()));
    results.put("kl", row((float) (kl / (temperature * temperature))));
    results.put("cross_entropy", row(step(student, loss.weight(0), x, labels).loss()));
    results.put(
        "grad_student_logits", Npy.of(logits.shape(), transposed(gradient, classes, batch)));
    return results;
  }

  private static LogitTeacher.Stepped step(
      Network student, Distillation loss, Npy x, long... labels) {
    return LogitTeacher.steps(student, loss, 1, 1, x, labels).get(0);
  }

  private static Map<String, Npy> training(GoldenCase golden) {
    assertThat(golden.param("network").getAsString())
        .isEqualTo("out = tanh(x w1^T + b1) w2^T + b2");
    Npy x = golden.input("x");
    Npy w1 = golden.input("w1");
    Npy w2 = golden.input("w2");
    Map<String, String> names =
        Map.of("w1", "fc1.weight", "b1", "fc1.bias", "w2", "fc2.weight", "b2", "fc2.bias");
    Map<String, float[]> values = new LinkedHashMap<>();
    names.forEach((name, own) -> values.put(own, golden.input(name).floats()));
    Network student =
        Mlp.of((int) w1.shape()[1], (int) w1.shape()[0], (int) w2.shape()[0])
            .activation(Activation.TANH)
            .initialize(0)
            .revalued(values);
    Distillation loss =
        Distillation.of(LogitTeacher.of(golden.input("teacher_logits"), x.shape()[1]))
            .temperature(golden.param("temperature").getAsDouble())
            .weight(golden.param("alpha").getAsDouble());
    List<LogitTeacher.Stepped> steps =
        LogitTeacher.steps(
            student,
            loss,
            golden.param("lr").getAsDouble(),
            golden.param("steps").getAsInt(),
            x,
            golden.input("labels").longs());

    Map<String, Npy> results = new LinkedHashMap<>();
    for (int i = 1; i <= steps.size(); i++) {
      var step = steps.get(i - 1);
      String suffix = "_step" + i;
      results.put("loss" + suffix, row(step.loss()));
      names.forEach(
          (name, own) ->
              results.put(
                  name + suffix, Npy.of(golden.input(name).shape(), step.after().values(own))));
    }
    return results;
  }

  private static float[] transposed(float[] values, int rows, int columns) {
    float[] transposed = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      transposed[i % columns * rows + i / columns] = values[i];
    }
    return transposed;
  }

  private static Npy row(float value) {
    return Npy.of(new long[] {1}, new float[] {value});
  }
}
