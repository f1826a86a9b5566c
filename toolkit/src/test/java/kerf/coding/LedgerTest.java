package kerf.coding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.scheme.PaletteFormat;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private static final Network SPARSE =
      Pruning.plan().sparsity(0.92).prune(new Lenet300100().initialize(1));
  private static final Network SHARED =
      Quantization.plan().weightOnly().weights(new PaletteFormat(6)).quantize(SPARSE);

  @Test
  void theTotalIsTheFile() {
    for (Network network : new Network[] {SPARSE, SHARED}) {
      LedgerRow total = Ledger.of(network).total();

      assertThat(total.huffman()).isEqualTo(Encoded.of(network).size());
      assertThat(total.dense()).isEqualTo(4 * 266_610);
      assertThat(
              total.index()
                  + total.values()
                  + total.codebooks()
                  + total.tables()
                  + total.overhead())
          .isEqualTo(total.huffman());
    }
  }

  @Test
  void everyStepSavesWhereWeightsShareValues() {
    LedgerRow total = Ledger.of(SHARED).total();

    assertThat(total.sparse()).isLessThan(total.dense() / 6);
    assertThat(total.codebook()).isLessThan(total.sparse() / 2);
    assertThat(total.huffman()).isLessThan(total.codebook());
    // A codebook a layer, of the floats that occur.
    assertThat(total.codebooks()).isEqualTo(4 * (shared("fc1") + shared("fc2") + shared("fc3")));
    assertThat(total.gzip()).isGreaterThan(total.huffman());
  }

  private static int shared(String layer) {
    Set<Float> values = new TreeSet<>();
    for (float weight : SHARED.weights(layer)) {
      values.add(weight);
    }
    values.remove(0f);
    return values.size();
  }

  @Test
  void withoutSharedValuesTheCodebookSavesNothing() {
    LedgerRow total = Ledger.of(SPARSE).total();

    assertThat(total.codebook()).isEqualTo(total.sparse());
    assertThat(total.codebooks()).isZero();
  }

  @Test
  void theTableHasARowALayerAndTheChartABarAStep() {
    Ledger ledger = Ledger.of(SHARED);

    assertThat(ledger.table().stringColumn("layer").asList())
        .containsExactly("fc1", "fc2", "fc3", "description", "total");
    assertThat(ledger.chart().chart().getSeriesMap().values().iterator().next().getXData())
        .hasSize(5);
    assertThat(ledger.toString()).endsWith("times smaller (measured)");
  }

  @Test
  void headersChecksumsTablesAndTheGraphTakeLittle() {
    LedgerRow total = Ledger.of(SHARED).total();

    assertThat(total.overhead() + total.tables()).isLessThan(800);
  }
}
