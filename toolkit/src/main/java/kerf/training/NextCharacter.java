package kerf.training;

import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;

/**
 * The cross entropy of the next character, in nats, averaged over all steps of a sequence: outputs
 * at step t are compared with the character at step t + 1, those of the last step with the label.
 * Inputs are characters by number, as {@code Datasets.tinyShakespeare} gives them; outputs have the
 * shape {@code (batch, time, characters)}.
 *
 * <p>Evaluations give the mean over all steps too, and as accuracy the share of characters that
 * were thought likeliest. A loss of x nats is x / ln 2 bits per character.
 */
public record NextCharacter() implements Loss {
  private static final Script SCRIPT =
      Script.compile(
          """
          def targets(self: __torch__.Kerf, inputs: Tensor, labels: Tensor) -> Tensor:
            flat = torch.reshape(inputs, [torch.size(labels, 0), -1])
            later = torch.to(torch.slice(flat, 1, 1), 4)
            return torch.reshape(torch.cat([later, torch.unsqueeze(labels, 1)], 1), [-1])
          def likelihoods(self: __torch__.Kerf, outputs: Tensor) -> Tensor:
            return torch.log_softmax(torch.reshape(outputs, [-1, torch.size(outputs, -1)]), 1)
          def gradients(self: __torch__.Kerf, inputs: Tensor, outputs: Tensor, labels: Tensor, params: List[Tensor], sum: Tensor) -> List[Tensor]:
            next = (self).targets(inputs, labels)
            logp = (self).likelihoods(outputs)
            _0 = torch.add_(sum, torch.nll_loss(logp, next))
            g = torch.exp(logp)
            _1 = torch.scatter_(g, 1, torch.unsqueeze(next, 1), -1., reduce="add")
            _2 = torch.div_(g, torch.size(g, 0))
            whole = torch.reshape(g, torch.size(outputs))
            found = torch.autograd.grad([outputs], params, annotate(List[Optional[Tensor]], [whole]))
            grads = annotate(List[Tensor], [])
            for _3 in range(torch.len(found)):
              _4 = torch.append(grads, torch._unwrap_optional(found[_3]))
            return grads
          def measure(self: __torch__.Kerf, inputs: Tensor, outputs: Tensor, labels: Tensor, sums: Tensor) -> NoneType:
            next = (self).targets(inputs, labels)
            logp = (self).likelihoods(outputs)
            steps = torch.size(outputs, 1)
            loss = torch.div(torch.nll_loss(logp, next, None, 2), steps)
            hits = torch.sum(torch.eq(torch.argmax(logp, 1), next))
            right = torch.div(torch.to(hits, 7), steps)
            _0 = torch.add_(sums, torch.stack([torch.to(loss, 7), right]))
            return None
          """);

  @Override
  public void requireFits(Architecture network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    LabelFit.requireSteps(toString(), network, samples);
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    return new Arithmetic() {
      @Override
      public Value gradients(Batch batch, Value parameters, Value sum) {
        try (Value inputs = Value.of(batch.inputs())) {
          return SCRIPT.call("gradients", inputs, batch.outputs(), batch.labels(), parameters, sum);
        }
      }

      @Override
      public void measure(Batch batch, Value sums) {
        try (Value inputs = Value.of(batch.inputs())) {
          SCRIPT.call("measure", inputs, batch.outputs(), batch.labels(), sums).close();
        }
      }
    };
  }

  @Override
  public String toString() {
    return "nextCharacter()";
  }
}
