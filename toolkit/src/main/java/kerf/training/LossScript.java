package kerf.training;

import kerf.tensor.Script;
import kerf.tensor.Value;

/**
 * The arithmetic of a loss of outputs and labels alone, one call to the engine for each of its
 * parts.
 *
 * <p>A loss gives two functions. {@code slope(outputs, labels, sum)} adds the mean loss to {@code
 * sum} and returns its derivative by the outputs, in closed form, so that the loss itself needs no
 * recording; {@code total(outputs, labels)} adds up the losses of the samples. Of outputs that are
 * sequences, {@code (batch, time, classes)}, they are given the last step, which the label is for.
 */
record LossScript(Script script) implements Loss.Arithmetic {
  /** Which class an output says. */
  static final String CLASSES =
      """
      def last(self: __torch__.Kerf, outputs: Tensor) -> Tensor:
        if torch.eq(torch.dim(outputs), 3):
          found = torch.select(outputs, 1, -1)
        else:
          found = outputs
        return found
      def classes(self: __torch__.Kerf, outputs: Tensor) -> Tensor:
        if torch.eq(torch.size(outputs, 1), 1):
          found = torch.to(torch.gt(torch.select(outputs, 1, 0), 0.5), 4)
        else:
          found = torch.argmax(outputs, 1)
        return found
      """;

  private static final String SHARED =
      """
      def gradients(self: __torch__.Kerf, outputs: Tensor, labels: Tensor, params: List[Tensor], sum: Tensor) -> List[Tensor]:
        g = (self).slope((self).last(outputs), labels, sum)
        if torch.eq(torch.dim(outputs), 3):
          whole = torch.zeros_like(outputs)
          _2 = torch.copy_(torch.select(whole, 1, -1), g)
        else:
          whole = g
        found = torch.autograd.grad([outputs], params, annotate(List[Optional[Tensor]], [whole]))
        grads = annotate(List[Tensor], [])
        for _0 in range(torch.len(found)):
          _1 = torch.append(grads, torch._unwrap_optional(found[_0]))
        return grads
      def measure(self: __torch__.Kerf, outputs: Tensor, labels: Tensor, sums: Tensor) -> NoneType:
        found = (self).last(outputs)
        loss = (self).total(found, labels)
        right = torch.sum(torch.eq((self).classes(found), labels))
        _0 = torch.add_(sums, torch.stack([torch.to(loss, 7), torch.to(right, 7)]))
        return None
      """;

  static LossScript compile(String slopeAndTotal) {
    return new LossScript(Script.compile(CLASSES + SHARED + slopeAndTotal));
  }

  @Override
  public Value gradients(Batch batch, Value parameters, Value sum) {
    return script.call("gradients", batch.outputs(), batch.labels(), parameters, sum);
  }

  @Override
  public void measure(Batch batch, Value sums) {
    script.call("measure", batch.outputs(), batch.labels(), sums).close();
  }
}
