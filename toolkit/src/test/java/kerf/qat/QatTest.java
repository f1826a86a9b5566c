package kerf.qat;

import static org.assertj.core.api.Assertions.assertThat;

import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.training.Adam;
import kerf.training.Evaluator;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

/** Small nets on UCI's digits. */
class QatTest {
  private static final Dataset DATA = Datasets.digits();
  private static final Training SHORT =
      Training.defaults()
          .optimizer(new Adam(3e-3))
          .batch(32)
          .until(Step.epochs(6))
          .evaluateEvery(Step.epochs(6));
  private static final Network FLOAT =
      SHORT.train(new Convnet(8, 12).input(1, 8, 8).initialize(3), DATA);

  @Test
  void smoke() {
    System.out.println(FLOAT);
    for (int bits : new int[] {8, 4, 3, 2}) {
      for (boolean channel : new boolean[] {true, false}) {
        Qat plan = Qat.plan().bits(bits).ends().training(SHORT.until(Step.epochs(3)));
        if (!channel) plan = plan.perTensor();
        QatTrained trained = plan.train(FLOAT, DATA);
        System.out.println(bits + " " + channel + " " + trained);
        System.out.println(
            Evaluator.measure(trained, DATA.test())
                + " "
                + Evaluator.measure(trained.quantized(), DATA.test()));
      }
    }
    Network sparse = Pruning.plan().sparsity(0.8).prune(FLOAT);
    QatTrained t = Qat.plan().training(SHORT).train(sparse, DATA);
    assertThat(t.mask()).isEqualTo(sparse.mask());
    System.out.println(t.table());
    System.out.println(t.quantized().table().printAll());
  }
}
