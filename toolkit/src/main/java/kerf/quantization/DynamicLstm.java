package kerf.quantization;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import kerf.scheme.IntegerFormat;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.trace.Binding;
import kerf.trace.Lstm;

/**
 * An LSTM whose input is rounded as it comes, once for the whole sequence, and its state anew at
 * every step; the cell is in floats: {@code torch.ao.nn.quantized.dynamic.LSTM}. From a state of
 * zeros, one direction.
 *
 * @param layer the layer; its weights are rounded already
 * @param input the grid of input and state
 */
record DynamicLstm(Lstm layer, IntegerFormat input) implements DynamicLayer {
  /** Gates i, f, g, o; writes the cell in place and returns the state. */
  private static final Script CELL =
      Script.compile(
          """
          def gates(self: __torch__.Kerf, x: Tensor, w: Tensor, b: Tensor) -> Tensor:
            return torch.linear(x, w, b)
          def step(self: __torch__.Kerf, own: Tensor, h: Tensor, c: Tensor, w: Tensor, b: Tensor) -> Tensor:
            parts = torch.chunk(torch.add(own, torch.linear(h, w, b)), 4, 1)
            _0 = torch.mul_(c, torch.sigmoid(parts[1]))
            _1 = torch.add_(c, torch.mul(torch.sigmoid(parts[0]), torch.tanh(parts[2])))
            return torch.mul(torch.sigmoid(parts[3]), torch.tanh(c))
          def joined(self: __torch__.Kerf, steps: List[Tensor]) -> Tensor:
            return torch.stack(steps, 1)
          """);

  /**
   * Refuses two directions.
   *
   * @param layer the layer
   * @param input the grid of input and state
   */
  DynamicLstm {
    if (layer.bidirectional()) {
      throw new IllegalArgumentException(
          "dynamic quantization reads sequences in one direction, found %s; keep it float by .keepFloat(...)"
              .formatted(layer));
    }
  }

  @Override
  public NDArray run(List<NDArray> inputs, Binding binding) {
    requireInference(binding);
    NDArray sequence = inputs.get(0);
    int each = layer.biases() ? 4 : 2;
    for (int depth = 0; depth < layer.layers(); depth++) {
      List<NDArray> own = new ArrayList<>();
      for (String name : layer.parameters().subList(each * depth, each * (depth + 1))) {
        own.add(binding.array(name));
      }
      if (!layer.biases()) {
        NDArray none = Scope.zerosBeside(sequence, new Shape(4 * layer.state()));
        own.add(none);
        own.add(none);
      }
      sequence = run(sequence, own);
    }
    return sequence;
  }

  /** One layer: weights of input and state, biases of input and state. */
  private NDArray run(NDArray sequence, List<NDArray> own) {
    NDArray h = Scope.zerosBeside(sequence, new Shape(sequence.size(0), layer.state()));
    NDArray cell = Scope.zerosBeside(sequence, h.getShape());
    List<NDArray> states = new ArrayList<>();
    try (Value x = Value.of(rounded(sequence));
        Value inputWeights = Value.of(own.get(0));
        Value weights = Value.of(own.get(1));
        Value inputBiases = Value.of(own.get(2));
        Value biases = Value.of(own.get(3));
        Value gates = CELL.call("gates", x, inputWeights, inputBiases);
        Value c = Value.of(cell)) {
      NDArray all = gates.array(sequence);
      for (long step = 0; step < sequence.size(1); step++) {
        try (Value now = Value.of(all.get(":, " + step));
            Value before = Value.of(rounded(h));
            Value after = CELL.call("step", now, before, c, weights, biases)) {
          h = after.array(sequence);
          states.add(h);
        }
      }
    }
    try (Value steps = Value.of(states);
        Value joined = CELL.call("joined", steps)) {
      return joined.array(sequence);
    }
  }

  @Override
  public String toString() {
    return "Dynamic%s".formatted(layer);
  }
}
