package kerf.training;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/** Steps down a distillation whose teacher is known by its logits for one batch alone. */
public final class LogitTeacher {
  private LogitTeacher() {}

  /** A network that gives out these logits whatever it is given. */
  private static final class Constant extends AbstractBlock {
    private final Parameter logits;

    Constant(long... shape) {
      logits =
          addParameter(
              Parameter.builder()
                  .setName("weight")
                  .setType(Parameter.Type.WEIGHT)
                  .optShape(new Shape(shape))
                  .build());
    }

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
      return new NDList(store.getValue(logits, inputs.head().getDevice(), training));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputs) {
      return new Shape[] {logits.getShape()};
    }
  }

  /**
   * What one step was and did.
   *
   * @param loss before the step
   * @param after the network after it
   */
  public record Stepped(float loss, Network after) {}

  /** The teacher. */
  public static Network of(Npy logits, long inputs) {
    Network constant = Network.of(new Constant(logits.shape()), inputs);
    String weight = constant.architecture().structure().parameters().get(0).name();
    return constant.revalued(Map.of(weight, logits.floats()));
  }

  /** Plain steps down one batch. */
  public static List<Stepped> steps(
      Network start, Loss loss, double rate, int count, Npy x, long... labels) {
    List<Stepped> steps = new ArrayList<>();
    Training plan = Training.defaults().loss(loss).optimizer(new Sgd(rate));
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1);
        Value right = Value.of(scope.tensor(labels, labels.length))) {
      for (int i = 0; i < count; i++) {
        var found = scope.tensor(new float[1]);
        try (Value sum = Value.of(found)) {
          run.step(scope.tensor(x.floats(), x.shape()), right, sum, rate);
        }
        steps.add(new Stepped(found.getFloat(), run.network()));
      }
    }
    return steps;
  }
}
