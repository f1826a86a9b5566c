package kerf.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.RecordedFunction;
import kerf.tensor.Scope;

/** The arithmetic of {@link Distillation}: a session of the teacher beside the student's. */
final class DistillationArithmetic implements ForwardArithmetic {
  /** Of outputs that are sequences the last step counts, which the label is for. */
  private static final RecordedFunction LOGITS =
      RecordedFunction.compile(
          """
          def forward(self: __torch__.Kerf, outputs: Tensor, teacher: Tensor, labels: Tensor, temperature: Tensor, weight: Tensor) -> Tensor:
            if torch.eq(torch.dim(outputs), 3):
              own = torch.select(outputs, 1, -1)
              taught = torch.select(teacher, 1, -1)
            else:
              own = outputs
              taught = teacher
            logq = torch.log_softmax(torch.div(own, temperature), 1)
            logp = torch.log_softmax(torch.div(torch.type_as(taught, own), temperature), 1)
            kl = torch.div(torch.kl_div(logq, logp, 2, log_target=True), torch.size(own, 0))
            soft = torch.mul(torch.mul(kl, torch.mul(temperature, temperature)), weight)
            hard = torch.mul(torch.cross_entropy_loss(own, labels), torch.rsub(weight, 1.))
            return torch.add(soft, hard)
          """);

  private final Distillation plan;
  private final Session teacher;
  private final NDArray temperature;
  private final NDArray weight;
  private final Seen taught = new Seen();
  private Seen learnt;

  DistillationArithmetic(Scope scope, Distillation plan) {
    this.plan = plan;
    this.teacher = new Session(scope, plan.teacher(), RandomStream.of(0, "dropout"));
    // Without axes: such a number never widens what it is multiplied with.
    this.temperature = scope.tensor(new double[] {plan.temperature()});
    this.weight = scope.tensor(new double[] {plan.weight()});
    List<Distillation.Feature> features = plan.features();
    if (!features.isEmpty()) {
      taught.in(teacher, features.stream().map(Distillation.Feature::teacher).toList());
    }
  }

  @Override
  public void watch(Session student) {
    if (!plan.features().isEmpty()) {
      learnt = new Seen();
      learnt.in(student, plan.features().stream().map(Distillation.Feature::student).toList());
    }
  }

  @Override
  public NDArray loss(Batch batch) {
    NDArray outputs = batch.outputs().array(batch.inputs());
    NDArray labels = batch.labels().array(batch.inputs());
    NDArray wanted = teacher.forward(batch.inputs().toType(DataType.FLOAT32, false), false);
    NDArray loss = LOGITS.apply(outputs, wanted, labels, temperature, weight);
    for (Distillation.Feature feature : plan.features()) {
      NDArray own = own(feature);
      NDArray other = taught.output(feature.teacher()).toType(own.getDataType(), false);
      loss = loss.add(own.sub(other).square().mean().mul(feature.weight()));
    }
    return loss;
  }

  private NDArray own(Distillation.Feature feature) {
    if (learnt == null) {
      throw new IllegalArgumentException(
          "a loss of outputs alone is needed here, found the feature %s in %s; leave .feature(...) out"
              .formatted(feature.student(), plan));
    }
    return learnt.output(feature.student());
  }
}
