package kerf.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import kerf.model.ParameterSpec;
import kerf.model.Structure;
import kerf.tensor.Scope;

/**
 * Records what a block computes by handing it symbols in place of arrays: nothing is computed, so
 * the largest network traces in no time.
 */
final class Tracer {
  /** A batch size that no block means by itself: what has it as its first axis has the batch. */
  static final long BATCH = 7919;

  /**
   * One operator called on symbols.
   *
   * @param operator what was called
   * @param inputs the places of its inputs among the calls
   * @param shape the shape of its output, without the batch
   */
  record Call(Operator operator, List<Integer> inputs, Shape shape) {}

  private final List<Call> calls = new ArrayList<>();

  private Tracer() {}

  static Graph trace(Structure structure) {
    Tracer tracer = new Tracer();
    Shape shape = new Shape(structure.inputShape());
    tracer.calls.add(new Call(new Input(shape), List.of(), shape));
    int output = tracer.forward(structure);
    return Naming.graph(tracer.calls, output, structure.parameters());
  }

  private int forward(Structure structure) {
    Map<Parameter, NDArray> parameters = new IdentityHashMap<>();
    for (ParameterSpec spec : structure.parameters()) {
      Shape shape = new Shape(spec.shape());
      parameters.put(
          structure.parameter(spec.name()), Symbol.parameter(this, spec.name(), shape).array());
    }
    NDList input = new NDList(Symbol.node(this, 0, calls.get(0).shape()).array());
    try (Scope scope = Scope.open()) {
      ParameterStore store =
          scope.store(
              parameters,
              () -> {
                throw new IllegalStateException("a trace draws nothing at random");
              });
      NDList outputs = outputs(structure, store, input);
      Symbol output = outputs.size() == 1 ? Symbol.of(outputs.head()) : null;
      if (output == null || !output.isNode()) {
        throw new IllegalArgumentException(
            "cannot trace %s: a graph has one output that comes from the input, found %s"
                .formatted(
                    structure.block().getClass().getSimpleName(),
                    outputs.size() == 1 ? "a constant" : outputs.size() + " outputs"));
      }
      return output.node();
    }
  }

  private static NDList outputs(Structure structure, ParameterStore store, NDList input) {
    try {
      return structure.block().forward(store, input, false);
    } catch (IllegalArgumentException e) {
      throw e;
    } catch (RuntimeException e) {
      // Such as a cast to the engine's own arrays, which fails before any operator is called.
      throw new IllegalArgumentException(
          "cannot trace %s: its forward fails on an array without values (%s)"
              .formatted(structure.block().getClass().getSimpleName(), e),
          e);
    }
  }

  /**
   * Adds a call.
   *
   * @return the symbol of its output; of the input itself where an operator would change nothing
   */
  Symbol record(Operator operator, List<Symbol> inputs) {
    Shape shape = operator.outputShape(inputs.stream().map(Symbol::sample).toList());
    calls.add(new Call(operator, inputs.stream().map(Symbol::node).toList(), shape));
    return Symbol.node(this, calls.size() - 1, shape);
  }

  Call call(int place) {
    return calls.get(place);
  }
}
