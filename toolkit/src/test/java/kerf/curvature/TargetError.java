package kerf.curvature;

import kerf.model.Network;
import kerf.storage.Npy;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.training.Batch;
import kerf.training.Loss;

/**
 * The mean squared difference between outputs and targets that are no classes, for golden cases.
 * The label of a sample is its row in the targets.
 *
 * @param targets of shape {@code (samples, outputs)}
 */
public record TargetError(Npy targets) implements Loss {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, outputs: Tensor, rows: Tensor, targets: Tensor, params: List[Tensor], sum: Tensor) -> List[Tensor]:
            e = torch.sub(torch.detach(outputs), torch.index_select(targets, 0, rows))
            _0 = torch.add_(sum, torch.mean(torch.mul(e, e)))
            g = torch.div(torch.mul(e, 2), torch.numel(e))
            found = torch.autograd.grad([outputs], params, annotate(List[Optional[Tensor]], [g]))
            grads = annotate(List[Tensor], [])
            for _1 in range(torch.len(found)):
              _2 = torch.append(grads, torch._unwrap_optional(found[_1]))
            return grads
          """);

  /** The Hessian of a network over inputs as they are. */
  public static Hessian hessian(Network network, Npy inputs, Npy targets) {
    long[] rows = new long[(int) inputs.shape()[0]];
    java.util.Arrays.setAll(rows, row -> row);
    Patterns patterns = new Patterns(inputs.doubles(), inputs.shape(), rows);
    return Hessian.of(network, patterns, new TargetError(targets));
  }

  /** The Hessian of a network over inputs as they are, and classes. */
  public static Hessian hessian(Network network, Npy inputs, Loss loss, long... labels) {
    return Hessian.of(network, new Patterns(inputs.doubles(), inputs.shape(), labels), loss);
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    Value wanted = Value.of(scope.tensor(targets.doubles(), targets.shape()));
    return new Arithmetic() {
      @Override
      public Value gradients(Batch batch, Value parameters, Value sum) {
        return SCRIPT.call("gradients", batch.outputs(), batch.labels(), wanted, parameters, sum);
      }

      @Override
      public void measure(Batch batch, Value sums) {
        throw new UnsupportedOperationException("targets have no classes to be right about");
      }
    };
  }
}
