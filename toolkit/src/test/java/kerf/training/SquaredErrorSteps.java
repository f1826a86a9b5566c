package kerf.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import kerf.model.Network;
import kerf.storage.Npy;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** Steps of the training loop down the mean squared error over all elements, for golden cases. */
public final class SquaredErrorSteps {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, y: Tensor, target: Tensor, params: List[Tensor], x: Tensor, gx: Tensor, loss: Tensor) -> List[Tensor]:
            error = torch.sub(y, target)
            _0 = torch.copy_(loss, torch.mean(torch.mul(error, error)))
            g = torch.div(torch.mul(error, 2), torch.numel(error))
            down = annotate(List[Optional[Tensor]], [g])
            gi = torch.autograd.grad([y], [x], down, True)
            _1 = torch.copy_(gx, torch._unwrap_optional(gi[0]))
            found = torch.autograd.grad([y], params, down)
            grads = annotate(List[Tensor], [])
            for _2 in range(torch.len(found)):
              _3 = torch.append(grads, torch._unwrap_optional(found[_2]))
            return grads
          """);

  private SquaredErrorSteps() {}

  /**
   * What one step was and did.
   *
   * @param loss before the step
   * @param inputGradient the gradient by the inputs
   * @param after the network after the step
   */
  public record Stepped(float loss, float[] inputGradient, Network after) {}

  /** Takes one step for each batch. */
  public static List<Stepped> steps(
      Network start, Optimizer optimizer, List<Npy> inputs, List<Npy> targets) {
    List<Stepped> steps = new ArrayList<>();
    Training plan = Training.defaults().optimizer(optimizer);
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, Checkpoint.start(start), 1)) {
      for (int i = 0; i < inputs.size(); i++) {
        NDArray x = scope.tensor(inputs.get(i).floats(), inputs.get(i).shape());
        x.setRequiresGradient(true);
        NDArray inputGradient = scope.zeros(inputs.get(i).shape());
        NDArray loss = scope.tensor(new float[1]);
        Value target = Value.of(scope.tensor(targets.get(i).floats(), targets.get(i).shape()));
        run.step(
            x,
            outputs ->
                SCRIPT.call(
                    "gradients",
                    outputs,
                    target,
                    run.parameters(),
                    Value.of(x),
                    Value.of(inputGradient),
                    Value.of(loss)),
            optimizer.rate());
        steps.add(new Stepped(loss.getFloat(), Scope.floats(inputGradient), run.network()));
      }
    }
    return steps;
  }
}
