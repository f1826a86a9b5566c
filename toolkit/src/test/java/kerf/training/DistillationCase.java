package kerf.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/**
 * A line of {@code distillation.txt}.
 *
 * @param name {@code plain} or {@code qat}, and the seed
 */
public record DistillationCase(
    String name, float[] inputs, long[] labels, Network teacher, Network student, float[] outputs) {
  private static DistillationCase of(String line) {
    String[] words = line.split(" ");
    float[] numbers = new float[words.length - 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Float.parseFloat(words[i + 1]);
    }
    long[] labels = new long[8];
    Arrays.setAll(labels, i -> (long) numbers[24 + i]);
    return new DistillationCase(
        words[0],
        Arrays.copyOf(numbers, 24),
        labels,
        network(numbers, 32),
        network(numbers, 63),
        Arrays.copyOfRange(numbers, 94, 118));
  }

  private static Network network(float[] numbers, int at) {
    return Mlp.of(3, 4, 3)
        .initialize(0)
        .revalued(
            Map.of(
                "fc1.weight", Arrays.copyOfRange(numbers, at, at + 12),
                "fc1.bias", Arrays.copyOfRange(numbers, at + 12, at + 16),
                "fc2.weight", Arrays.copyOfRange(numbers, at + 16, at + 28),
                "fc2.bias", Arrays.copyOfRange(numbers, at + 28, at + 31)));
  }

  /** The student after 20 steps. */
  public Network trained(Network start) {
    Training plan =
        Training.defaults()
            .loss(Distillation.of(teacher).temperature(3).weight(0.6))
            .optimizer(new Sgd(0.1).momentum(0.9));
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1);
        Value right = Value.of(scope.tensor(labels, 8));
        Value sum = Value.of(scope.tensor(new float[1]))) {
      for (int step = 0; step < 20; step++) {
        run.step(scope.tensor(inputs, 8, 3), right, sum, 0.1);
      }
      return run.network();
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** The cases of a kind. */
  public static List<DistillationCase> all(String kind) {
    try (var file = DistillationCase.class.getResourceAsStream("distillation.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(kind))
          .map(DistillationCase::of)
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
