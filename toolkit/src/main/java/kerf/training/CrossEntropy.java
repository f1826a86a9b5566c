package kerf.training;

import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.tensor.Scope;

/**
 * The cross entropy of the softmax of the outputs, in nats, as {@code
 * torch.nn.functional.cross_entropy}. Its derivative by the outputs is softmax minus one-hot over
 * the batch size.
 */
public record CrossEntropy() implements Loss {
  private static final LossScript SCRIPT =
      LossScript.compile(
          """
          def slope(self: __torch__.Kerf, outputs: Tensor, labels: Tensor, sum: Tensor) -> Tensor:
            logp = torch.log_softmax(outputs, 1)
            _0 = torch.add_(sum, torch.nll_loss(logp, labels))
            g = torch.exp(logp)
            _1 = torch.scatter_(g, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
            return torch.div_(g, torch.size(outputs, 0))
          def total(self: __torch__.Kerf, outputs: Tensor, labels: Tensor) -> Tensor:
            return torch.cross_entropy_loss(outputs, labels, None, 2)
          """);

  @Override
  public void requireFits(Architecture network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    LabelFit.requireClasses(toString(), 2, network, samples);
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    return SCRIPT;
  }

  @Override
  public String toString() {
    return "crossEntropy()";
  }
}
