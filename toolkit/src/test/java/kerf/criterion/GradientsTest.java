package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import kerf.data.Datasets;
import kerf.model.Lenet300100;
import kerf.model.Mlp;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.training.MeanSquaredError;
import org.junit.jupiter.api.Test;

/**
 * Made with PyTorch 2.13 on {@link TinyNetwork#normalized}: {@code torch.autograd.grad(loss, (w1,
 * w2))}, once with {@code training=True} and once without.
 */
class GradientsTest {
  private static final Npy X = Npy.of(new long[] {4, 3}, TinyNetwork.X);

  @Test
  void trainingNormalizesByTheBatch() {
    float[] fc1 = {
      0.12849946f, 0.01427603f, -0.17609002f, 0.0263877f, -0.08012896f, -0.13339056f,
      0.05156345f, 0.0706433f, 0.07638803f, 0.40645877f, -0.13996735f, 0.06494307f
    };
    float[] fc2 = {
      0.34889974f, -0.17246704f, 0.08902689f, 0.2580507f,
      -0.34889974f, 0.17246704f, -0.08902689f, -0.2580507f
    };
    Network network = TinyNetwork.normalized();

    Map<String, float[]> found =
        GradientsOfArrays.find(Gradients.training(), network, X, TinyNetwork.Y);

    assertThat(found.get("fc1")).containsExactly(fc1, within(1e-6f));
    assertThat(found.get("fc2")).containsExactly(fc2, within(1e-6f));
    assertThat(network.values("bn1.runningMean")).as("the network stays").containsOnly(0);
  }

  @Test
  void inferenceNormalizesByRunningStatistics() {
    float[] fc1 = {
      0.4685585f, -0.01836044f, 0.75654512f, 0.07429261f, 0.14858521f, -0.07429261f,
      0.03137264f, 0.20023249f, 0.53795219f, 0.83299289f, -0.03264077f, 1.3449691f
    };

    Map<String, float[]> found =
        GradientsOfArrays.find(Gradients.inference(), TinyNetwork.normalized(), X, TinyNetwork.Y);

    assertThat(found.get("fc1")).containsExactly(fc1, within(1e-6f));
  }

  /** On {@link TinyNetwork#network}: {@code F.mse_loss(outputs, F.one_hot(y, 2).double())}. */
  @Test
  void anyLossOfTrainingHasAGradient() {
    float[] fc2 = {1.009f, -0.43225f, -0.167f, 1.2025f, -0.777f, 0.6305f, 0.592f, -1.0185f};
    Gradients squared = new Gradients(Gradients.Pass.INFERENCE, new MeanSquaredError());

    Map<String, float[]> found =
        GradientsOfArrays.find(squared, TinyNetwork.network(), X, TinyNetwork.Y);

    assertThat(found.get("fc2")).containsExactly(fc2, within(1e-5f));
  }

  @Test
  void refusesDataThatDoNotGoWithTheNetwork() {
    Network network = new Lenet300100().initialize(1);
    Given nothing = Given.NOTHING.data(Datasets.mnist().train().first(0));
    Given digits = Given.NOTHING.data(Datasets.digits().train());

    assertThatThrownBy(() -> Subject.of(network, nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs at least one sample to compute on, found none in mnist train");
    assertThatThrownBy(() -> Subject.of(network, digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes inputs of shape [1, 28, 28], found [1, 8, 8] in digits train");
  }

  @Test
  void refusesLabelsThatTheNetworkDoesNotGiveOut() {
    Subject subject =
        Subject.of(Mlp.of(64, 2).initialize(1), Given.NOTHING.data(Datasets.digits().train()));

    assertThatThrownBy(() -> subject.find(Gradients.inference()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found label 9 for 2 outputs");
  }
}
