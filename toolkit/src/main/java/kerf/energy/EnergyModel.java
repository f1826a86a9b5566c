package kerf.energy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.coding.Ledger;
import kerf.coding.LedgerRow;
import kerf.model.Network;
import kerf.quantization.ChannelPalette;
import kerf.quantization.Mode;
import kerf.quantization.Palette;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.trace.Graph;
import kerf.trace.Node;

/**
 * A plan of the energy of one inference, of a batch of 1. What is counted:
 *
 * <ul>
 *   <li>Arithmetic: a multiplication and an addition for each weight that is not 0 and each place
 *       where it is used; of integers (32 bits wide sums) where both weight and input are on grids,
 *       else of floats of 32 bits. Biases, pooling and activations are left out.
 *   <li>Weights: every parameter is read once, in as many bytes as the file holds ({@link Ledger}),
 *       from {@code weights}. A shared value is looked up once a weight in memory of 8 KB. What
 *       decoding Huffman codes takes is left out.
 *   <li>Activations: every node reads its inputs and writes its output once, in {@code
 *       activations}; those that work in place move nothing.
 * </ul>
 *
 * @param table what an operation takes
 * @param weights the memory that parameters come from
 * @param activations the memory that activations are in; empty for the nearest that holds the peak
 */
public record EnergyModel(EnergyTable table, Memory weights, Optional<Memory> activations) {
  /**
   * Checks that all is there.
   *
   * @param table what an operation takes
   * @param weights the memory that parameters come from
   * @param activations the memory that activations are in
   */
  public EnergyModel {
    Argument.require("table", table);
    Argument.require("weights", weights);
    Argument.require("activations", activations);
  }

  /**
   * The model of {@link EnergyTable#horowitz}, weights in DRAM.
   *
   * @return the plan
   */
  public static EnergyModel standard() {
    return new EnergyModel(EnergyTable.horowitz(), Memory.DRAM, Optional.empty());
  }

  /**
   * Takes other energies.
   *
   * @param other such as {@code EnergyTable.horowitz().energy(Operation.DRAM, 1300, "...")}
   * @return a new plan
   */
  public EnergyModel table(EnergyTable other) {
    return new EnergyModel(other, weights, activations);
  }

  /**
   * Reads weights from another memory.
   *
   * @param memory such as {@code SRAM_1MB}
   * @return a new plan
   */
  public EnergyModel weightsFrom(Memory memory) {
    Argument.require("memory", memory);
    return new EnergyModel(table, memory, activations);
  }

  /**
   * Keeps activations in a memory, whether it can hold them or not.
   *
   * @param memory such as {@code SRAM_32KB}
   * @return a new plan
   */
  public EnergyModel activationsIn(Memory memory) {
    Argument.require("memory", memory);
    return new EnergyModel(table, weights, Optional.of(memory));
  }

  /**
   * Models a network.
   *
   * @param network float, pruned, quantized or with shared values
   * @return what each node takes
   * @throws IllegalArgumentException if the network cannot be traced
   */
  public Energy of(Network network) {
    Argument.require("network", network);
    Flows flows = new Flows(network);
    Graph graph = flows.graph();
    Memory near =
        activations.orElseGet(() -> Memory.holding(ActivationMemory.of(flows).peakBytes()));
    Ledger ledger = Ledger.of(network);
    Map<String, LedgerRow> bytes = new HashMap<>();
    ledger.rows().forEach(row -> bytes.put(row.layer(), row));
    List<NodeEnergy> rows = new ArrayList<>();
    for (Node node : graph.nodes()) {
      if (node.inputs().isEmpty()
          || Flows.inPlace(node.operator()) && node.operator().parameters().isEmpty()) {
        continue;
      }
      rows.add(row(flows, node, near, bytes));
    }
    return new Energy(ledger.network(), rows);
  }

  private NodeEnergy row(Flows flows, Node node, Memory near, Map<String, LedgerRow> bytes) {
    boolean integers = flows.form().filter(form -> integers(form, node)).isPresent();
    long macs = 0;
    long lookups = 0;
    long stored = 0;
    for (String weight : node.operator().weights()) {
      // A layer whose parameters several nodes have is read by the first alone.
      LedgerRow row = bytes.remove(flows.graph().parameter(weight).layer());
      long nonzeros = flows.nonzeros(weight);
      macs += nonzeros * node.positions();
      lookups += flows.form().filter(f -> shares(f, weight)).isPresent() ? nonzeros : 0;
      stored += row == null ? 0 : row.huffman();
    }
    if (node.operator().weights().isEmpty()) {
      for (String parameter : node.operator().parameters()) {
        LedgerRow row = bytes.remove(flows.graph().parameter(parameter).layer());
        stored += row == null ? 0 : row.huffman();
      }
    }
    double each =
        integers
            ? table.picojoules(Operation.INT8_MULTIPLY) + table.picojoules(Operation.INT32_ADD)
            : table.picojoules(Operation.FLOAT32_MULTIPLY)
                + table.picojoules(Operation.FLOAT32_ADD);
    long moved = Flows.inPlace(node.operator()) ? 0 : flows.moved(node);
    return new NodeEnergy(
        node.name(),
        macs,
        macs == 0 ? "" : integers ? "int8, sums int32" : "float32",
        macs * each,
        stored,
        weights.name(),
        table.traffic(weights, stored) + table.traffic(Memory.SRAM_8KB, 4.0 * lookups),
        moved,
        near.name(),
        table.traffic(near, moved));
  }

  private static boolean shares(QuantizedGraph form, String weight) {
    return form.forms().get(weight) instanceof Palette
        || form.forms().get(weight) instanceof ChannelPalette;
  }

  /** Whether a node multiplies integers of at most 8 bits. */
  private static boolean integers(QuantizedGraph form, Node node) {
    if (form.mode() == Mode.WEIGHT_ONLY || node.operator().weights().isEmpty()) {
      return false;
    }
    boolean input =
        form.mode() == Mode.DYNAMIC
            ? form.inputs().containsKey(node.name()) && form.inputs().get(node.name()).bits() <= 8
            : form.inputOf(node).filter(grid -> grid.format().bits() <= 8).isPresent();
    return input
        && node.operator().weights().stream()
            .allMatch(
                weight ->
                    form.forms().get(weight) instanceof WeightForm.Grid grid && grid.bits() <= 8);
  }
}
