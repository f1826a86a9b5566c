package kerf.experiment.damage;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.Apoz;
import kerf.criterion.Criterion;
import kerf.criterion.MeanActivation;
import kerf.display.Progress;
import kerf.experiment.Outcome;
import kerf.experiment.OutcomeWork;
import kerf.experiment.TrainingProgress;
import kerf.granularity.Granularity;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import kerf.slimming.Slimming;
import kerf.training.Checkpoint;
import kerf.training.Evaluator;
import kerf.training.Training;

/** All rounds of one seed: they are short, and each starts from the one before. */
final class TrimmingWork extends OutcomeWork<Long> {
  private static final String LAYER = "fc1";

  /** The lines of the experiment. */
  enum Arm {
    /** Units that are 0 more often than a standard deviation above the mean go. */
    APOZ("APoZ"),
    /** As many go, those of the least mean output. */
    MEAN_ACTIVATION("mean activation"),
    /** As many go, any of them. */
    RANDOM("random"),
    /** The networks of APoZ, trained from fresh weights. */
    FRESH("APoZ, fresh weights");

    private final String words;

    Arm(String words) {
      this.words = words;
    }

    Criterion criterion(long seed) {
      return switch (this) {
        case APOZ, FRESH -> new Apoz();
        case MEAN_ACTIVATION -> new MeanActivation();
        case RANDOM -> Criterion.random(seed);
      };
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private final Trimming plan;

  TrimmingWork(Trimming plan) {
    super(plan.identity().folder(plan.home()));
    this.plan = plan;
  }

  @Override
  public void check() {
    super.check();
    Network fresh = plan.architecture().initialize(0);
    plan.training().requireFits(fresh, plan.data());
    if (!fresh.layers().contains(LAYER) || fresh.shape(LAYER).length != 2) {
      throw new IllegalArgumentException(
          "trimming removes neurons of a linear layer fc1, found %s in %s; take an mlp"
              .formatted(String.join(", ", fresh.layers()), plan.architecture().describe()));
    }
  }

  @Override
  public String title() {
    return "trimming";
  }

  @Override
  public List<Long> units() {
    return plan.seeds();
  }

  @Override
  public List<Long> needs(Long seed) {
    return List.of();
  }

  @Override
  public long steps(Long seed) {
    long fresh = plan.training().steps(plan.data());
    long more = plan.training().until(plan.retraining()).steps(plan.data());
    return fresh + plan.rounds() * (3 * more + fresh);
  }

  @Override
  public Outcome run(Long seed, Map<Long, Outcome> needed, Progress progress) {
    Network dense = train(plan.training(), plan.architecture().initialize(seed), seed, progress);
    Rounds rounds = new Rounds(dense);
    Map<Arm, Network> present = new EnumMap<>(Arm.class);
    for (Arm arm : Arm.values()) {
      present.put(arm, dense);
    }
    Training more = plan.training().until(plan.retraining()).evaluateEvery(plan.retraining());
    for (int round = 1; round <= plan.rounds(); round++) {
      long order = 1_000L * seed + round;
      int silent = units(present.get(Arm.APOZ));
      for (Arm arm : List.of(Arm.APOZ, Arm.MEAN_ACTIVATION, Arm.RANDOM)) {
        // APoZ comes first and says how many.
        Goal goal =
            arm == Arm.APOZ ? Goal.belowMean(1) : Goal.count(silent - units(present.get(Arm.APOZ)));
        Network small = trim(present.get(arm), arm.criterion(order), goal);
        Network trained = train(more, small, order, progress);
        rounds.add(arm, round, small, trained);
        present.put(arm, trained);
      }
      Network fresh = present.get(Arm.APOZ).architecture().initialize(order);
      rounds.add(Arm.FRESH, round, fresh, train(plan.training(), fresh, order, progress));
    }
    return rounds.outcome;
  }

  private Network train(Training training, Network start, long seed, Progress progress) {
    return training
        .seed(seed)
        .hook(new TrainingProgress("seed " + seed, progress))
        .resume(Checkpoint.start(start), plan.data());
  }

  private Network trim(Network network, Criterion criterion, Goal goal) {
    Pruning pruning =
        Pruning.plan()
            .criterion(criterion)
            .data(plan.data().validation())
            .granularity(Granularity.rows())
            .goal(goal);
    for (String layer : network.layers()) {
      if (!layer.equals(LAYER)) {
        pruning = pruning.keep(layer);
      }
    }
    Network masked = pruning.prune(network);
    return masked.mask().equals(network.mask()) ? network : Slimming.plan().slim(masked);
  }

  private static int units(Network network) {
    return (int) network.shape(LAYER)[0];
  }

  /** Four curves by round for each arm, round 0 the dense network. */
  private final class Rounds {
    private final double all;
    private Outcome outcome = Outcome.empty();

    Rounds(Network dense) {
      this.all = parameters(dense);
      for (Arm arm : Arm.values()) {
        add(arm, 0, dense, dense);
      }
    }

    void add(Arm arm, int round, Network before, Network after) {
      outcome =
          outcome.curve(
              arm + " " + round,
              units(after),
              parameters(after) / all,
              accuracy(before),
              accuracy(after));
    }

    private double parameters(Network network) {
      return network.architecture().structure().parameters().stream()
          .mapToDouble(spec -> spec.size())
          .sum();
    }

    private double accuracy(Network network) {
      return Evaluator.measure(network, plan.data().test()).accuracy();
    }
  }

  @Override
  protected String path(Long seed) {
    return "seed-%d.npz".formatted(seed);
  }
}
