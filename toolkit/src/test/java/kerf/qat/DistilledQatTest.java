package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import kerf.data.Dataset;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.observer.Observer;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Scheme;
import kerf.training.Distillation;
import kerf.training.DistillationCase;
import kerf.training.Step;
import kerf.training.TrainedDigits;
import kerf.training.Training;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Students that learn from a float teacher with rounding in them. */
class DistilledQatTest {
  static List<DistillationCase> cases() {
    return DistillationCase.all("qat");
  }

  /** Within 1e-6 of eager-mode {@code prepare_qat} under the same loss. */
  @ParameterizedTest
  @MethodSource("cases")
  void twentyStepsAreTorchs(DistillationCase own) {
    Network prepared =
        Qat.plan()
            .scheme(
                new Scheme(
                    IntegerFormat.signed(8).symmetric().perChannel(), IntegerFormat.unsigned(8)))
            .observer(Observer.movingAverage(0.01))
            .weightObserver(Observer.movingAverage(0.01))
            .ends()
            .prepare(own.student());

    float[] outputs = Outputs.of(own.trained(prepared), own.inputs(), 8, 3);

    assertThat(outputs).containsExactly(own.outputs(), within(1e-6f));
  }

  /** Layers of a prepared network keep their names, so that features are found in it. */
  @Test
  void featuresAreFoundInAPreparedNetwork() {
    Dataset digits = TrainedDigits.DATA;
    Network teacher = TrainedDigits.after(3);
    Training plan =
        Training.defaults()
            .loss(Distillation.of(teacher).feature("relu1", 0.1))
            .until(Step.iterations(3));

    QatTrained trained = Qat.plan().bits(4).training(plan).train(teacher, digits);

    assertThat(trained.history().last().validationLoss()).isFinite();
  }
}
