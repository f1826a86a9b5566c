package kerf.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.coding.Encoded;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.CifarResnet;
import kerf.model.CifarVgg16;
import kerf.model.Convnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.scheme.PaletteFormat;
import kerf.trace.Graph;
import org.junit.jupiter.api.Test;

class NetworkSizeTest {

  @Test
  void countsADenseNetwork() {
    Network dense = new Lenet300100().initialize(1);
    NetworkSize size = NetworkSize.of(dense);
    assertThat(size.parameters()).isEqualTo(266_610);
    assertThat(size.prunable()).isEqualTo(266_200);
    assertThat(size.prunableNonzeros()).isEqualTo(266_200);
    assertThat(size.prunableSparsity()).isZero();
    // The biases of a fresh network are 0, and so are real zeros.
    assertThat(size.nonzeros()).isEqualTo(266_200);
    assertThat(size.sparsity()).isEqualTo(410 / 266_610.0);
    assertThat(size.macs()).isEqualTo(266_200);
    assertThat(size.effectiveMacs()).isEqualTo(266_200);
    assertThat(size.denseBytes()).isEqualTo(4 * 266_610);
    // No zero and no number twice among the weights; biases of 0 take no bytes but their frames.
    assertThat(size.packedBytes()).isBetween(4L * 266_200, 4L * 266_200 + 700);
  }

  @Test
  void countsAMaskedConvolution() {
    // Convolutions 1 to 2 and 2 to 1 of 3 x 3 on 4 x 4, pooled to 2 x 2 and 1 x 1; linear 1 to 10.
    Network dense = new Convnet(2, 1).input(1, 4, 4).initialize(1);
    NetworkSize size = NetworkSize.of(dense);
    assertThat(size.parameters()).isEqualTo(18 + 4 + 18 + 2 + 10 + 10);
    assertThat(size.macs()).isEqualTo(18 * 16 + 18 * 4 + 10);
    // Running statistics are stored, not trained.
    assertThat(size.denseBytes()).isEqualTo(4 * (62 + 4 + 2));

    Mask mask =
        Mask.of(
            dense.mask().layers().stream()
                .map(
                    l ->
                        l.name().equals("conv1")
                            ? l.without(0, 4, 5)
                            : LayerMask.ones(l.name(), l.shape()))
                .toList());
    NetworkSize pruned = NetworkSize.of(dense.masked(mask));
    assertThat(pruned.macs()).isEqualTo(size.macs());
    assertThat(pruned.effectiveMacs()).isEqualTo(size.macs() - 3 * 16);
    assertThat(pruned.prunableNonzeros()).isEqualTo(46 - 3);
    assertThat(pruned.prunableSparsity()).isEqualTo(3 / 46.0);
    assertThat(pruned.denseBytes()).isEqualTo(size.denseBytes());
    assertThat(pruned.packedBytes()).isLessThan(size.packedBytes());
  }

  private static long macs(Architecture architecture) {
    return NetworkSize.of(architecture.initialize(1)).macs();
  }

  @Test
  void multiplicationsAreThoseOfThePapers() {
    assertThat(macs(new Lenet5())).isEqualTo(288_000 + 1_600_000 + 400_000 + 5_000);
    // Li et al. 2017, table 1: 3.13e8
    assertThat(Graph.of(new CifarVgg16()).macs()).isEqualTo(313_463_808);
    // He et al. 2016 with identity shortcuts: 40.55 million; the projections are the rest
    assertThat(macs(new CifarResnet(20))).isEqualTo(40_551_040 + 16 * 32 * 256 + 32 * 64 * 64);
  }

  @Test
  void bytesAreThoseOfTheFileForEveryMaskFormatAndPalette() {
    Network dense = new Lenet300100().initialize(1);
    Network sparse = Pruning.plan().sparsity(0.9).prune(dense);
    Quantization weights = Quantization.plan().weightOnly();
    Network integers = weights.quantize(sparse);
    Network shared = weights.weights(new PaletteFormat(5)).quantize(sparse);
    Map<Network, NetworkSize> sizes = new LinkedHashMap<>();
    for (Network each : List.of(dense, sparse, weights.quantize(dense), integers, shared)) {
      NetworkSize size = NetworkSize.of(each);
      assertThat(size.packedBytes()).isEqualTo(Encoded.of(each).size());
      assertThat(Encoded.of(each).network().weights("fc1")).isEqualTo(each.weights("fc1"));
      sizes.put(each, size);
    }

    // An integer of 8 bits takes a byte, a bias 4, a scale of an output 4.
    assertThat(sizes.get(integers).denseBytes()).isEqualTo(266_200 + 410 * 4 + 410 * 4);
    // A tenth of the weights, with at most a byte each for its integer and for where it is.
    assertThat(sizes.get(integers).packedBytes()).isLessThan(2 * 26_620 + 6_000);
    assertThat(sizes.get(integers).packedBytes()).isLessThan(sizes.get(sparse).packedBytes() / 2);
    assertThat(sizes.get(shared).packedBytes()).isLessThan(sizes.get(integers).packedBytes());
  }
}
