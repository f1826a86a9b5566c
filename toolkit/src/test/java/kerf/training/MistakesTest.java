package kerf.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.stream.Stream;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Architecture;
import kerf.model.CharLstm;
import kerf.model.CifarResnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Mlp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a beginner trains on what: refused in words of the field before anything is computed. */
class MistakesTest {
  private static final Dataset DIGITS = Datasets.digits();
  private static final Dataset TEXT = Datasets.tinyShakespeare(64).sample(70, 5, 5, 1);
  private static final Loss CROSS = new CrossEntropy();
  private static final Loss SQUARES = new MeanSquaredError();
  private static final Loss NEXT = new NextCharacter();

  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(new Lenet5(), DIGITS, CROSS, "takes inputs of shape [1, 28, 28], found [1, 8, 8]"),
        mistake(new Lenet300100(), DIGITS, CROSS, "takes inputs of shape [1, 28, 28], found"),
        mistake(new CifarResnet(20), DIGITS, CROSS, "found [1, 8, 8]"),
        mistake(Mlp.of(784, 10), DIGITS, CROSS, "takes inputs of shape [784], found [1, 8, 8]"),
        mistake(Mlp.of(64, 5), DIGITS, CROSS, "found label 9 for 5 outputs"),
        mistake(Mlp.of(64, 5), DIGITS, SQUARES, "found label 9 for 5 outputs"),
        mistake(Mlp.of(64, 1), DIGITS, CROSS, "an output a class, 2 or more, found 1"),
        mistake(Mlp.of(64, 1), DIGITS, SQUARES, "found label 9 for 1 outputs"),
        mistake(Mlp.of(64, 10), DIGITS, NEXT, "nextCharacter() needs characters"),
        mistake(new CharLstm(4), DIGITS, NEXT, "takes inputs of shape [1, 1, 64], found [1, 8, 8]"),
        mistake(new CharLstm(4).length(32), TEXT, NEXT, "[1, 1, 32], found [1, 1, 64]"),
        mistake(new CharLstm(4).characters(30), TEXT, NEXT, "for 30 outputs"),
        mistake(new Lenet5(), TEXT, CROSS, "takes inputs of shape [1, 28, 28], found [1, 1, 64]"),
        mistake(Mlp.of(64, 65), TEXT, CROSS, "found characters in"));
  }

  private static Arguments mistake(Architecture network, Dataset data, Loss loss, String words) {
    return Arguments.of(network, data, loss, words);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void isRefusedBeforeAnythingIsComputed(
      Architecture network, Dataset data, Loss loss, String words) {
    Training plan = Training.defaults().loss(loss).until(Step.iterations(1));
    Throwable trained = catchThrowable(() -> network.train(data, plan));
    Throwable measured =
        catchThrowable(() -> Evaluator.measure(network.initialize(0), data.test(), loss));

    assertThat(trained).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
    assertThat(measured).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(words);
  }

  @ParameterizedTest
  @MethodSource("right")
  void whatGoesTogetherIsTrained(Architecture network, Dataset data, Loss loss) {
    Training plan = Training.defaults().loss(loss).until(Step.iterations(1));

    assertThat(network.train(data, plan).history().last().iteration()).isOne();
  }

  static Stream<Arguments> right() {
    return Stream.of(
        Arguments.of(Mlp.of(64, 10), DIGITS, CROSS),
        Arguments.of(Mlp.of(64, 12), DIGITS, SQUARES),
        Arguments.of(new CharLstm(4), TEXT, NEXT),
        Arguments.of(new CharLstm(4), TEXT, CROSS));
  }
}
