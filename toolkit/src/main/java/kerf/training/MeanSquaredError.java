package kerf.training;

import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.tensor.Scope;

/**
 * The mean squared difference between the outputs and the label as one-hot vector, 1 at the label
 * and 0 elsewhere; the mean is over samples and classes, as {@code torch.nn.functional.mse_loss}. A
 * single output is compared with the label itself, 0 or 1.
 */
public record MeanSquaredError() implements Loss {
  private static final LossScript SCRIPT =
      LossScript.compile(
          """
          def error(self: __torch__.Kerf, outputs: Tensor, labels: Tensor) -> Tensor:
            e = torch.clone(outputs)
            if torch.eq(torch.size(outputs, 1), 1):
              _0 = torch.sub_(e, torch.unsqueeze(labels, 1))
            else:
              _1 = torch.scatter_(e, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
            return e
          def slope(self: __torch__.Kerf, outputs: Tensor, labels: Tensor, sum: Tensor) -> Tensor:
            e = (self).error(torch.detach(outputs), labels)
            _0 = torch.add_(sum, torch.mean(torch.mul(e, e)))
            return torch.mul_(e, torch.div(2., torch.numel(e)))
          def total(self: __torch__.Kerf, outputs: Tensor, labels: Tensor) -> Tensor:
            e = (self).error(outputs, labels)
            return torch.div(torch.sum(torch.mul(e, e)), torch.size(outputs, 1))
          """);

  @Override
  public void requireFits(Architecture network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    LabelFit.requireClasses(toString(), 1, network, samples);
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    return SCRIPT;
  }

  @Override
  public String toString() {
    return "meanSquaredError()";
  }
}
