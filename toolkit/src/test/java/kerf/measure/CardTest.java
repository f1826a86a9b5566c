package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import kerf.data.Datasets;
import kerf.data.Samples;
import kerf.model.Convnet;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.training.Evaluator;
import org.junit.jupiter.api.Test;

class CardTest {
  private static final Samples SAMPLES = Datasets.digits().test().first(40);

  private static Network net(long seed, Integer... widths) {
    return new Convnet(widths).input(1, 8, 8).initialize(seed);
  }

  @Test
  void aRowANetworkComparedWithTheFirst() {
    Network dense = net(1, 8, 8);
    Network other = net(2, 8, 8);
    Network sparse = Pruning.plan().sparsity(0.75).prune(dense);
    Metrics metrics =
        Card.of(SAMPLES)
            .rounds(1)
            .network("dense", dense, other)
            .network("75 % pruned", sparse)
            .network("half as wide", net(1, 4, 4))
            .measure();

    CardRow first = metrics.row("dense");
    double one = Evaluator.measure(dense, SAMPLES).accuracy();
    double two = Evaluator.measure(other, SAMPLES).accuracy();
    assertThat(first.accuracy()).isEqualTo((one + two) / 2);
    assertThat(first.least()).isEqualTo(Math.min(one, two));
    assertThat(first.greatest()).isEqualTo(Math.max(one, two));
    assertThat(first.packedRatio()).isEqualTo(1);
    assertThat(first.macsRatio()).isEqualTo(1);
    assertThat(first.ratio1()).isEqualTo(1);
    assertThat(first.latency1()).isPositive();
    assertThat(first.latency64()).isPositive();

    CardRow second = metrics.row("75 % pruned");
    NetworkSize size = NetworkSize.of(sparse);
    assertThat(second.prunableSparsity()).isEqualTo(0.75);
    assertThat(second.macs()).isEqualTo(first.macs());
    assertThat(second.effectiveMacs()).isEqualTo(size.effectiveMacs());
    assertThat(second.macsRatio()).isEqualTo(4);
    assertThat(second.denseBytes()).isEqualTo(first.denseBytes());
    assertThat(second.packedRatio())
        .isEqualTo((double) first.packedBytes() / second.packedBytes())
        .isGreaterThan(1);
    assertThat(second.ratio64()).isEqualTo(first.latency64() / second.latency64());
    assertThat(metrics.row("half as wide").macs()).isLessThan(first.macs());
  }

  @Test
  void everyColumnSaysWhetherItWasMeasured() {
    Metrics metrics = Card.of(SAMPLES).rounds(1).network("dense", net(1, 4)).measure();
    assertThat(metrics.table().columnNames())
        .containsExactly(
            "network",
            "accuracy (measured)",
            "least accuracy (measured)",
            "greatest accuracy (measured)",
            "parameters (measured)",
            "nonzeros (measured)",
            "sparsity, prunable (measured)",
            "sparsity, all (measured)",
            "MACs (modelled)",
            "effective MACs (modelled)",
            "dense bytes (modelled)",
            "packed bytes (measured)",
            "gzip bytes (measured)",
            "ms, batch 1 (measured)",
            "ms, batch 64 (measured)",
            "× smaller, packed (measured)",
            "× fewer effective MACs (modelled)",
            "× faster, batch 1 (measured)",
            "× faster, batch 64 (measured)");
    assertThat(metrics.bundle().text()).contains("dense");
  }

  @Test
  void aBlockThatCannotBeTracedLeavesAGap() {
    Network own =
        Network.of(
            new SequentialBlock()
                .add(Blocks.batchFlattenBlock())
                .add(Linear.builder().setUnits(10).build())
                .add(list -> new NDList(list.singletonOrThrow().sign())),
            1,
            8,
            8);
    Metrics metrics =
        Card.of(SAMPLES)
            .rounds(1)
            .network("own", own)
            .network("dense", net(1, 4))
            .network("own, 4 bits", Quantization.plan().weightOnly().bits(4).quantize(own))
            .measure();
    CardRow rounded = metrics.row("own, 4 bits");
    assertThat(rounded.macs()).isNull();
    assertThat(rounded.parameters()).isEqualTo(650);
    // 640 weights of half a byte, 10 scales and 10 biases of 4 bytes.
    assertThat(rounded.denseBytes()).isEqualTo(320 + 40 + 40);
    assertThat(rounded.packedRatio()).isGreaterThan(1);
    assertThat(metrics.row("own").macs()).isNull();
    assertThat(metrics.row("own").effectiveMacs()).isNull();
    assertThat(metrics.row("dense").macs()).isPositive();
    assertThat(metrics.row("dense").macsRatio()).isNull();
  }

  @Test
  void refusals() {
    Card empty = Card.of(SAMPLES);
    assertThatThrownBy(empty::measure)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a card needs at least one network, found none; add .network(\"dense\", dense)");
    Card one = empty.network("dense", net(1, 4));
    Network again = net(2, 4);
    assertThatThrownBy(() -> one.network("dense", again))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a row needs a name of its own and at least one network, found 'dense' with 1; rows so"
                + " far: dense");
    assertThatThrownBy(() -> empty.rounds(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds must be 1 or more, found 0");
    Metrics metrics = one.rounds(1).measure();
    assertThatThrownBy(() -> metrics.row("sparse"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no network 'sparse' on the card; it has dense");
  }
}
