package kerf.training;

import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/** Single steps of the training loop on batches of a test's own. */
public final class CrossEntropySteps {
  private CrossEntropySteps() {}

  /** The network after a step. */
  public static Network step(
      Network start, Optimizer optimizer, float[] inputs, long[] shape, long... labels) {
    Training plan = Training.defaults().optimizer(optimizer);
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1);
        Value right = Value.of(scope.tensor(labels, labels.length));
        Value loss = Value.of(scope.tensor(new float[1]))) {
      run.step(scope.tensor(inputs, shape), right, loss, optimizer.rate());
      return run.network();
    }
  }
}
