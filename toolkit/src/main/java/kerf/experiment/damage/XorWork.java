package kerf.experiment.damage;

import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import kerf.data.Dataset;
import kerf.data.Datasets;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.mask.LayerMask;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;

/** One network a seed: trained, and operated on by each method in turn. */
final class XorWork extends OutcomeWork<Long> {
  /** Above this loss a network has not learned XOR, even if its outputs are on the right side. */
  static final double LEARNED = 1e-3;

  static final List<Method> METHODS = List.of(Method.MAGNITUDE, Method.OBD, Method.OBS);

  private final XorSurgery plan;

  XorWork(XorSurgery plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    plan.training().requireFits(XorSurgery.NET.initialize(0), Datasets.xor());
  }

  @Override
  public String title() {
    return "XOR";
  }

  @Override
  public List<Long> units() {
    return LongStream.rangeClosed(1, plan.nets()).boxed().toList();
  }

  @Override
  public List<Long> needs(Long seed) {
    return List.of();
  }

  @Override
  public long steps(Long seed) {
    return plan.training().until().iterations(1L);
  }

  @Override
  public Outcome run(Long seed, Map<Long, Outcome> needed, Progress progress) {
    Dataset xor = Datasets.xor();
    Network trained =
        plan.training()
            .seed(seed)
            .hook(new TrainingProgress("network " + seed, progress))
            .resume(Checkpoint.start(XorSurgery.NET.initialize(seed)), xor);
    Outcome outcome =
        Outcome.empty()
            .network("trained", trained)
            .number("loss", score(trained).loss())
            .number("accuracy", score(trained).accuracy());
    for (Method method : METHODS) {
      double[] deleted = new double[XorSurgery.DELETIONS];
      double[] losses = new double[XorSurgery.DELETIONS];
      double[] accuracies = new double[XorSurgery.DELETIONS];
      Network present = trained;
      for (int i = 0; i < deleted.length; i++) {
        Network next =
            method.delete(present, Goal.count(1), xor.train(), plan.training().loss(), seed);
        deleted[i] = difference(present, next);
        losses[i] = score(next).loss();
        accuracies[i] = score(next).accuracy();
        present = next;
      }
      outcome =
          outcome
              .curve(method + " deleted", deleted)
              .curve(method + " loss", losses)
              .curve(method + " accuracy", accuracies);
    }
    return outcome;
  }

  private Evaluator.Score score(Network network) {
    return Evaluator.measure(network, Datasets.xor().test(), plan.training().loss());
  }

  /** The weight that one network has and the next has not: 0 to 5 of fc1, 6 to 8 of fc2. */
  private static int difference(Network before, Network after) {
    int start = 0;
    for (LayerMask layer : before.mask().layers()) {
      LayerMask fewer = after.mask().layer(layer.name());
      for (int i = 0; i < layer.size(); i++) {
        if (layer.keeps(i) != fewer.keeps(i)) {
          return start + i;
        }
      }
      start += layer.size();
    }
    throw new IllegalStateException("one weight more must be pruned, found the same mask");
  }

  @Override
  protected String path(Long seed) {
    return "network-%d.npz".formatted(seed);
  }
}
