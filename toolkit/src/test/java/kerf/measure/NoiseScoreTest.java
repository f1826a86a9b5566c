package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.List;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Network;
import kerf.training.Evaluator;
import kerf.training.Step;
import kerf.training.Training;
import org.junit.jupiter.api.Test;

class NoiseScoreTest {
  private static final Samples TEST = Datasets.digits().test();

  private static Network trained() {
    Network start =
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build()),
            1,
            8,
            8);
    return Training.defaults()
        .until(Step.epochs(10))
        .batch(16)
        .resume(kerf.training.Checkpoint.start(start), Datasets.digits());
  }

  @Test
  void countsWhatIsRightAtElevenLevels() {
    Network network = trained();
    NoiseScore score = NoiseScore.measure(network, TEST);
    assertThat(score.levels()).hasSize(11);
    assertThat(score.levels()).extracting(NoiseLevel::noise).startsWith(0.0, 0.05, 0.1);
    assertThat(score.levels().get(10).noise()).isEqualTo(0.5);
    double clean = Evaluator.measure(network, TEST).accuracy();
    assertThat(score.levels().get(0).accuracy()).isEqualTo(clean);
    assertThat(score.levels().get(0).correct() / 450.0).isCloseTo(clean, within(1e-12));
    assertThat(score.levels().get(10).accuracy()).isLessThan(clean - 0.2);
    assertThat(score.images()).isEqualTo(11 * 450);
    long sum = score.levels().stream().mapToLong(NoiseLevel::correct).sum();
    assertThat(score.correct()).isEqualTo(sum);
    assertThat(score).hasToString("noise score: %,d of 4,950 images right".formatted(sum));
    assertThat(score.table().rowCount()).isEqualTo(11);
    assertThat(NoiseScore.measure(network, TEST)).isEqualTo(score);
  }

  @Test
  void measuresImagesThatAreNoisyAlready() {
    List<Samples> noisy = NoiseScore.spoiled(TEST, 7);
    assertThat(noisy).extracting(samples -> samples.noise().seed()).containsOnly(7L);
    assertThat(NoiseScore.measure(trained(), noisy.subList(0, 2)).images()).isEqualTo(900);
  }
}
