package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.Criterion;
import kerf.criterion.Given;
import kerf.criterion.LayerWeights;
import kerf.criterion.Subject;
import kerf.curvature.Hessian;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.experiment.damage.DamageUnit.Course;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Operated;
import kerf.pruning.Pruning;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Loss;
import kerf.training.Training;

/** The dense networks, what is cut from each at once, and what in rounds with retraining. */
final class DamageWork extends OutcomeWork<DamageUnit> {
  /** The fractions of parameters that are cut without retraining. */
  static final double[] CUTS = {
    0, .05, .1, .15, .2, .25, .3, .35, .4, .45, .5, .55, .6, .65, .7, .75, .8, .85, .9
  };

  /** How much of what is left goes in a round with retraining. */
  private static final Goal FIFTH = Goal.amount(0.2);

  private final BrainDamage plan;

  DamageWork(BrainDamage plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    Network fresh = plan.architecture().initialize(0);
    plan.training().requireFits(fresh, plan.data());
    Hessian.of(fresh, samples(Method.OBS), loss()).requireInvertible();
  }

  @Override
  public String title() {
    return "brain damage";
  }

  @Override
  public List<DamageUnit> units() {
    List<DamageUnit> units = new ArrayList<>();
    for (long seed : plan.seeds()) {
      units.add(DamageUnit.dense(seed));
      for (Method method : Method.values()) {
        units.add(new DamageUnit(seed, Course.CUT, method, 0));
        for (int round = 1; round <= plan.rounds(); round++) {
          units.add(new DamageUnit(seed, Course.RETRAINED, method, round));
        }
      }
    }
    return units;
  }

  @Override
  public List<DamageUnit> needs(DamageUnit unit) {
    return unit.course() == Course.DENSE ? List.of() : List.of(unit.before());
  }

  @Override
  public long steps(DamageUnit unit) {
    return switch (unit.course()) {
      case DENSE -> plan.training().steps(plan.data());
      // The surgeon's Hessians are most of the work that is no training; counted as so many steps.
      case CUT -> unit.method() == Method.OBS ? 50L * CUTS.length : CUTS.length;
      case RETRAINED -> retraining(unit).steps(plan.data());
    };
  }

  /** Every round has an order of its own. */
  private Training retraining(DamageUnit unit) {
    return plan.training()
        .until(plan.retraining())
        .evaluateEvery(plan.retraining())
        .seed(1_000L * unit.seed() + unit.round());
  }

  @Override
  public Outcome run(DamageUnit unit, Map<DamageUnit, Outcome> needed, Progress progress) {
    if (unit.course() == Course.DENSE) {
      return dense(unit, progress);
    }
    Network start = needed.get(unit.before()).network("network", plan.architecture());
    if (unit.course() == Course.RETRAINED) {
      return retrained(unit, start, progress);
    }
    return unit.method() == Method.OBS ? operated(start, progress) : cut(unit, start, progress);
  }

  private Outcome dense(DamageUnit unit, Progress progress) {
    Network trained =
        plan.training()
            .seed(unit.seed())
            .hook(new TrainingProgress(unit.toString(), progress))
            .resume(Checkpoint.start(plan.architecture().initialize(unit.seed())), plan.data());
    return measured("", Outcome.empty().network("network", trained), trained);
  }

  private Outcome retrained(DamageUnit unit, Network start, Progress progress) {
    Network pruned =
        unit.method().delete(start, FIFTH, samples(unit.method()), loss(), unit.seed());
    Network trained =
        retraining(unit)
            .hook(new TrainingProgress(unit.toString(), progress))
            .resume(Checkpoint.start(pruned), plan.data());
    Outcome outcome = Outcome.empty().network("network", trained);
    return measured("", measured("before ", outcome, pruned), trained);
  }

  private Outcome measured(String when, Outcome outcome, Network network) {
    return outcome
        .number(when + "loss", trainingLoss(network))
        .number(when + "accuracy", testAccuracy(network));
  }

  /** Every cut is made by the scores of the trained network, as the paper's. */
  private Outcome cut(DamageUnit unit, Network start, Progress progress) {
    Criterion criterion = unit.method().criterion(loss(), unit.seed());
    Subject subject = Subject.of(start, Given.NOTHING.data(samples(unit.method())));
    Map<String, float[]> scores = new LinkedHashMap<>();
    for (String layer : start.layers()) {
      LayerWeights judged =
          new LayerWeights(layer, start.shape(layer), start.weights(layer), subject);
      scores.put(layer, criterion.scores(judged));
    }
    Pruning ranking = Pruning.plan().scope(Scope.GLOBAL);
    Cuts cuts = new Cuts();
    double trained = trainingLoss(start);
    for (double sparsity : CUTS) {
      Mask mask = ranking.sparsity(sparsity).mask(start.mask(), scores);
      double foretold = unit.method() == Method.OBD ? trained + sum(scores, mask) : Double.NaN;
      cuts.add(start.masked(mask), foretold);
      progress.advance();
    }
    return cuts.outcome();
  }

  /** What the pruned weights score together: for Optimal Brain Damage the rise of the loss. */
  private static double sum(Map<String, float[]> scores, Mask mask) {
    double sum = 0;
    for (LayerMask layer : mask.layers()) {
      for (int i = 0; i < layer.size(); i++) {
        sum += layer.keeps(i) ? 0 : scores.get(layer.name())[i];
      }
    }
    return sum;
  }

  /** The surgeon goes on from cut to cut, since every deletion changes what is left. */
  private Outcome operated(Network start, Progress progress) {
    Cuts cuts = new Cuts();
    double foretold = trainingLoss(start);
    Network present = start;
    for (double sparsity : CUTS) {
      try {
        Operated operated =
            (Operated)
                Method.OBS.delete(present, Goal.sparsity(sparsity), samples(Method.OBS), loss(), 0);
        foretold += operated.deletions().stream().mapToDouble(d -> d.saliency()).sum();
        present = operated;
        cuts.add(present, foretold);
      } catch (DivergedException e) {
        // What was cut before is kept; from here on there is nothing to cut.
        cuts.diverged(1 - sparsity);
      }
      progress.advance(50);
    }
    return cuts.outcome();
  }

  private Samples samples(Method method) {
    Samples all = plan.data().train();
    return method == Method.OBS ? all.sample(Math.min(plan.images(), all.size()), 1) : all;
  }

  private Loss loss() {
    return plan.training().loss();
  }

  private double trainingLoss(Network network) {
    return Evaluator.measure(network, plan.data().train(), loss()).loss();
  }

  private double testAccuracy(Network network) {
    return Evaluator.measure(network, plan.data().test(), loss()).accuracy();
  }

  /** Four curves by cut. */
  private final class Cuts {
    private final double[] remaining = new double[CUTS.length];
    private final double[] losses = new double[CUTS.length];
    private final double[] foretold = new double[CUTS.length];
    private final double[] accuracies = new double[CUTS.length];
    private int count;

    void add(Network network, double foretoldLoss) {
      remaining[count] = network.mask().density();
      losses[count] = trainingLoss(network);
      foretold[count] = foretoldLoss;
      accuracies[count++] = testAccuracy(network);
    }

    void diverged(double density) {
      remaining[count] = density;
      losses[count] = Double.NaN;
      foretold[count] = Double.NaN;
      accuracies[count++] = Double.NaN;
    }

    Outcome outcome() {
      return Outcome.empty()
          .curve("remaining", remaining)
          .curve("loss", losses)
          .curve("foretold", foretold)
          .curve("accuracy", accuracies);
    }
  }

  @Override
  protected String path(DamageUnit unit) {
    return unit.path();
  }
}
