package kerf.notebook;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.coding.Encoded;
import kerf.coding.Ledger;
import kerf.energy.ActivationMemory;
import kerf.energy.Energy;
import kerf.energy.EnergyModel;
import kerf.energy.EnergyTable;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.qat.Qat;
import kerf.scheme.PaletteFormat;
import kerf.sharing.Start;

/**
 * Words for weights that share values, networks in few bytes, and what an inference takes:
 *
 * <pre>{@code
 * var shared = sharing(6).training(training().until(epochs(2))).train(sparse, mnist());
 * encode(shared).save("net.kerf");
 * accuracy(decode("net.kerf"), mnist().test())
 * ledger(shared).chart()
 * }</pre>
 */
class CodingWords extends FakeWords {
  CodingWords() {}

  /**
   * A plan of training values that the weights of a layer share, found by k-means.
   *
   * @param bits of an index, 1 to 8: so many values a layer are 2 to this power
   * @return the plan with a default training
   */
  public static Qat sharing(int bits) {
    return Qat.sharing(new PaletteFormat(bits));
  }

  /**
   * A plan of training shared values, {@code sharing(palette(5).start(densityStart()))}.
   *
   * @param format how many values, and where k-means starts
   * @return the plan with a default training
   */
  public static Qat sharing(PaletteFormat format) {
    Argument.require("format", format);
    return Qat.sharing(format);
  }

  /**
   * Shared values start evenly spaced: the default.
   *
   * @return the start
   */
  public static Start linearStart() {
    return new Start.Linear();
  }

  /**
   * Shared values start where weights are dense.
   *
   * @return the start
   */
  public static Start densityStart() {
    return new Start.Density();
  }

  /**
   * Shared values start at weights drawn at random.
   *
   * @param seed decides which
   * @return the start
   */
  public static Start randomStart(long seed) {
    return new Start.Random(seed);
  }

  /**
   * Shared values start by k-means++.
   *
   * @param seed decides at which weights
   * @return the start
   */
  public static Start plusPlusStart(long seed) {
    return new Start.PlusPlus(seed);
  }

  /**
   * Encodes a network in as few bytes as its zeros, formats and shared values allow.
   *
   * @param network any network
   * @return the bytes; {@code .save("net.kerf")} writes them
   */
  public static Encoded encode(Network network) {
    Argument.require("network", network);
    return Encoded.of(network);
  }

  /**
   * Reads a network that {@code encode(network).save(file)} wrote.
   *
   * @param file such as {@code "net.kerf"}
   * @return the network: the same parameters, the same predictions
   */
  public static Network decode(String file) {
    Argument.require("file", file);
    return Encoded.read(Path.of(file)).network();
  }

  /**
   * Reads a network that could not be traced, so that its file tells no graph.
   *
   * @param architecture that of the network that was encoded
   * @param file such as {@code "net.kerf"}
   * @return the network
   */
  public static Network decode(Architecture architecture, String file) {
    Argument.require("architecture", architecture);
    Argument.require("file", file);
    return Encoded.read(Path.of(file)).network(architecture);
  }

  /**
   * Where a network's bytes go, and what each step of coding saves.
   *
   * @param network any network
   * @return a table, a row a layer; {@code .chart()} draws a waterfall
   */
  public static Ledger ledger(Network network) {
    Argument.require("network", network);
    return Ledger.of(network);
  }

  /**
   * The energy of one inference, modelled: 45 nm, weights read from DRAM once.
   *
   * @param network any network that can be traced
   * @return a table, a row a node
   */
  public static Energy energy(Network network) {
    Argument.require("network", network);
    return EnergyModel.standard().of(network);
  }

  /**
   * A plan of modelled energies: {@code energyModel().weightsFrom(Memory.SRAM_1MB).of(network)}.
   *
   * @return the plan; {@code .table(energies)} takes others
   */
  public static EnergyModel energyModel() {
    return EnergyModel.standard();
  }

  /**
   * The energies of operations, to be looked at and edited.
   *
   * @return those of 45 nm, with their sources
   */
  public static EnergyTable energies() {
    return EnergyTable.horowitz();
  }

  /**
   * The memory that activations take while one sample passes, modelled.
   *
   * @param network any network that can be traced
   * @return a table, a row a node; {@code .peakBytes()}
   */
  public static ActivationMemory activationMemory(Network network) {
    return ActivationMemory.of(network);
  }
}
