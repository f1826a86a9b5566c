package kerf.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import kerf.coding.Ledger;
import kerf.model.CifarResnet;
import kerf.model.Lenet300100;
import kerf.model.Lenet5;
import kerf.model.Network;
import kerf.pruning.Pruning;
import kerf.quantization.Quantization;
import kerf.random.RandomStream;
import kerf.scheme.PaletteFormat;
import kerf.table.Csv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnergyTest {
  private static final Network DENSE = new Lenet300100().initialize(1);
  private static final EnergyModel MODEL = EnergyModel.standard();

  @TempDir private Path folder;

  @Test
  void aWordOfDramTakesAsMuchAsThousandsOfAdditions() {
    EnergyTable table = EnergyTable.horowitz();

    assertThat(table.traffic(Memory.DRAM, 4)).isEqualTo(640);
    assertThat(table.traffic(Memory.SRAM_8KB, 4)).isEqualTo(5);
    assertThat(640 / table.picojoules(Operation.FLOAT32_ADD)).isEqualTo(711, within(1.0));
    assertThat(640 / table.picojoules(Operation.INT32_ADD)).isEqualTo(6400, within(1e-9));
  }

  @Test
  void theTableIsDataWithSourcesThatCanBeEdited() {
    EnergyTable other = EnergyTable.horowitz().energy(Operation.DRAM, 1300, "my own");
    Path file = folder.resolve("energies.csv");
    Csv.write(other.table(), file);

    assertThat(EnergyTable.read(file)).isEqualTo(other);
    assertThat(EnergyTable.horowitz().rows()).allMatch(row -> row.source().contains("Horowitz"));
    assertThatThrownBy(() -> new EnergyTable(other.rows().subList(0, 3)))
        .hasMessageStartingWith("a table of energies has one row for each of ");
    assertThatThrownBy(() -> other.energy(Operation.DRAM, -1, "nobody"))
        .hasMessage("DRAM needs picojoules of 0 or more and 1 bit or more, found -1.0 and 32");
  }

  @Test
  void ofADenseFloatNetworkTrafficIsNearlyAll() {
    Energy energy = MODEL.of(DENSE);
    NodeEnergy total = energy.total();

    assertThat(total.macs()).isEqualTo(266_200);
    assertThat(total.arithmeticPicojoules()).isEqualTo(266_200 * (3.7 + 0.9), within(1e-3));
    assertThat(total.weightPicojoules()).isEqualTo(total.weightBytes() / 4.0 * 640, within(1e-3));
    // fc1 reads 784 and writes 300 floats, fc2 300 and 100, fc3 100 and 10, in 8 KB.
    assertThat(total.activationBytes()).isEqualTo(4 * (784 + 300 + 300 + 100 + 100 + 10));
    assertThat(total.activationPicojoules())
        .isEqualTo(total.activationBytes() / 4.0 * 5, within(1e-6));
    assertThat(total.arithmeticPicojoules()).isLessThan(0.01 * total.picojoules());
    assertThat(energy.toString()).endsWith("of it arithmetic (modelled)");
    assertThat(energy.table().columnNames())
        .filteredOn(name -> name.contains("pJ"))
        .allMatch(name -> name.endsWith("(modelled)"));
  }

  @Test
  void weightBytesAreThoseOfTheFile() {
    Network sparse = Pruning.plan().sparsity(0.9).prune(DENSE);
    for (Network network : List.of(DENSE, sparse, new CifarResnet(8).initialize(1))) {
      Ledger ledger = Ledger.of(network);
      long description = ledger.rows().get(ledger.rows().size() - 1).huffman();

      assertThat(MODEL.of(network).total().weightBytes())
          .isEqualTo(ledger.total().huffman() - description);
    }
  }

  @Test
  void pruningIntegersAndSharingEachSave() {
    Network sparse = Pruning.plan().sparsity(0.9).prune(DENSE);
    float[] batch = RandomStream.of(1, "batch").uniforms(8 * 784, 0, 1);
    Network integers =
        Quantization.plan().ends().prepare(sparse).calibrate(List.of(batch), 1, 28, 28).convert();
    Network shared =
        Quantization.plan().weightOnly().weights(new PaletteFormat(5)).quantize(sparse);

    assertThat(MODEL.of(sparse).picojoules()).isLessThan(MODEL.of(DENSE).picojoules() / 5);
    assertThat(MODEL.of(integers).picojoules()).isLessThan(MODEL.of(sparse).picojoules() / 2);
    NodeEnergy fc1 = MODEL.of(integers).rows().get(0);
    assertThat(fc1.arithmetic()).isEqualTo("int8, sums int32");
    assertThat(fc1.arithmeticPicojoules()).isEqualTo(fc1.macs() * 0.3, within(1e-3));
    assertThat(fc1.activationBytes()).isEqualTo(784 + 300);
    // Shared values are looked up and then multiplied as floats.
    NodeEnergy look = MODEL.of(shared).rows().get(0);
    assertThat(look.arithmetic()).isEqualTo("float32");
    assertThat(look.weightPicojoules())
        .isEqualTo(look.weightBytes() / 4.0 * 640 + look.macs() * 5.0, within(1e-3));
    assertThat(MODEL.weightsFrom(Memory.SRAM_1MB).of(shared).picojoules())
        .isLessThan(MODEL.of(shared).picojoules() / 4);
  }

  @Test
  void thePeakIsWhereInputAndOutputAreLargest() {
    // conv1 reads 28 x 28 and writes 20 x 24 x 24 floats; pooling reads these and writes a quarter.
    ActivationMemory memory = ActivationMemory.of(new Lenet5().initialize(1));

    assertThat(memory.peakBytes()).isEqualTo(4 * (20 * 24 * 24 + 20 * 12 * 12));
    assertThat(memory.toString()).isEqualTo("peak of activations: 57,600 bytes (modelled)");
  }

  @Test
  void aBranchIsHeldUntilItIsAdded() {
    ActivationMemory memory = ActivationMemory.of(new CifarResnet(8).initialize(1));

    // The first block: its input, the output of its first convolution, and of its second.
    assertThat(memory.peakBytes()).isEqualTo(4 * 3 * 16 * 32 * 32);
  }
}
