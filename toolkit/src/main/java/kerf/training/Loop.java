package kerf.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import kerf.data.Dataset;
import kerf.data.SampleTensors;
import kerf.display.Interrupts;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/** The training loop: batches in, steps, evaluations and checkpoints at their times. */
final class Loop {
  /**
   * Iterations between looks at the loss, behind as many that are each looked at: reading it out of
   * native memory takes time.
   */
  private static final int LOOK = 16;

  private final Training plan;
  private final Dataset data;
  private final long perEpoch;
  private final long total;
  private final long evaluateEvery;
  private final Map<Long, List<Step>> checkpointsAt;
  private final Map<Step, Checkpoint> checkpoints = new LinkedHashMap<>();
  private final List<Evaluation> evaluations = new ArrayList<>();
  private final Later later;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestAt;
  private Network untested;
  private double lastLoss = Double.NaN;

  Loop(Training plan, Dataset data) {
    this.plan = plan;
    this.data = data;
    this.later = new Later(data, plan.loss());
    this.perEpoch = plan.perEpoch(data);
    this.total = plan.until().iterations(perEpoch);
    this.evaluateEvery = Math.max(1, plan.evaluateEvery().iterations(perEpoch));
    this.checkpointsAt =
        plan.checkpointAt().stream()
            .collect(Collectors.groupingBy(step -> step.iterations(perEpoch)));
  }

  Trained run(Checkpoint from) {
    try (Scope scope = Scope.open();
        Run run = new Run(scope, plan, from, perEpoch)) {
      plan.hooks().forEach(hook -> hook.start(run));
      try (Batches batches = new Batches(scope)) {
        keepCheckpoint(run);
        leave(run, Double.NaN, run.network());
        while (run.iteration() < total) {
          Interrupts.check();
          step(scope, run, batches);
        }
        return trained(run, batches);
      }
    }
  }

  private Trained trained(Run run, Batches batches) {
    Network end = run.network();
    if (!plan.goesOn()) {
      end.requireFinite();
    }
    if (run.iteration() > evaluations.get(0).iteration()) {
      leave(run, batches.meanLoss(), end);
    }
    if (untested != null) {
      later.test(bestAt, untested);
    }
    return new Trained(end, new History(evaluations, later), checkpoints, new Notes(run.notes()));
  }

  /** An evaluation that is measured if anybody asks for it. */
  private void leave(Run run, double trainingLoss, Network network) {
    later.validation(evaluations.size(), network);
    evaluations.add(
        new Evaluation(run.iteration(), trainingLoss, Double.NaN, Double.NaN, Double.NaN));
  }

  private void step(Scope scope, Run run, Batches batches) {
    double factor = plan.learningRate().factor(run.iteration(), total, perEpoch);
    double rate = plan.optimizer().rate() * factor;
    Scope.passing(
        () -> {
          batches.gather(scope, run.iteration());
          run.step(batches.images, batches.labelsValue, batches.lossValue, rate);
        });
    boolean evaluates = run.iteration() % evaluateEvery == 0;
    if (run.iteration() <= LOOK
        || run.iteration() % LOOK == 0
        || evaluates
        || run.iteration() == total) {
      requireFinite(run, batches.loss());
    }
    plan.hooks().forEach(hook -> hook.afterStep(run));
    keepCheckpoint(run);
    if (evaluates && run.iteration() < total) {
      evaluate(run, batches.meanLoss());
    }
  }

  /** Numbers that are not finite never become finite again. */
  private void requireFinite(Run run, double loss) {
    if (Double.isFinite(loss)) {
      lastLoss = loss;
    } else if (!plan.goesOn()) {
      throw new DivergedException(
          "training diverged: a loss of %s by iteration %,d of %,d, the last finite one %s; try a smaller learning rate than %s, .clipNorm(1) on the optimizer, or .goOnDiverged()"
              .formatted(
                  loss,
                  run.iteration(),
                  total,
                  Double.isNaN(lastLoss) ? "none" : "%.4g".formatted(lastLoss),
                  plan.optimizer().rate()));
    }
  }

  private void keepCheckpoint(Run run) {
    for (Step at : checkpointsAt.getOrDefault(run.iteration(), List.of())) {
      checkpoints.put(at, run.checkpoint());
    }
  }

  private void evaluate(Run run, double trainingLoss) {
    Evaluator.Score validation = Evaluator.measure(run.session(), data.validation(), run.loss());
    boolean test = run.iteration() / evaluateEvery % plan.testEvery() == 0;
    double testAccuracy =
        test ? Evaluator.measure(run.session(), data.test(), run.loss()).accuracy() : Double.NaN;
    if (validation.loss() < bestLoss) {
      bestLoss = validation.loss();
      bestAt = evaluations.size();
      untested = test ? null : run.network();
    }
    Evaluation evaluation =
        new Evaluation(
            run.iteration(), trainingLoss, validation.loss(), validation.accuracy(), testAccuracy);
    evaluations.add(evaluation);
    requireFinite(run, validation.loss());
    plan.hooks().forEach(hook -> hook.afterEvaluation(run, evaluation));
  }

  /** The batch of each iteration, gathered into one pair of arrays that every step uses again. */
  private final class Batches implements AutoCloseable {
    private final Value images0;
    private final Value labels0;
    private final NDArray images;
    private final Value imagesValue;
    private final Value labelsValue;
    private final NDArray lossSum;
    private final Value lossValue;
    private float sumBefore;
    private long lossSteps;
    private long stepsBefore;
    private long epoch = -1;
    private int[] order;

    Batches(Scope scope) {
      SampleTensors samples = SampleTensors.of(data.train());
      long[] shape = samples.images().getShape().getShape();
      shape[0] = plan.batch();
      images0 = Value.of(samples.images());
      labels0 = Value.of(samples.labels());
      images = scope.zeros(shape);
      imagesValue = Value.of(images);
      labelsValue = Value.of(scope.tensor(new long[plan.batch()], plan.batch()));
      lossSum = scope.tensor(new float[1]);
      lossValue = Value.of(lossSum);
    }

    /** The order of a pass depends on the seed and the number of the pass alone. */
    void gather(Scope scope, long iteration) {
      long pass = iteration / perEpoch;
      if (pass != epoch) {
        epoch = pass;
        order =
            RandomStream.of(plan.seed(), "order")
                .split(Long.toString(pass))
                .permutation(data.train().size());
      }
      int start = (int) (iteration % perEpoch) * plan.batch();
      long[] index = new long[plan.batch()];
      for (int i = 0; i < index.length; i++) {
        index[i] = order[start + i];
      }
      try (Value chosen = Value.of(scope.tensor(index, index.length))) {
        StepScript.SCRIPT
            .call("gather", images0, labels0, chosen, imagesValue, labelsValue)
            .close();
      }
      lossSteps++;
    }

    /** The mean loss since it was last asked for, from sums: as many digits as a sentence has. */
    double loss() {
      float sum = lossSum.getFloat();
      double mean = (sum - sumBefore) / (lossSteps - stepsBefore);
      sumBefore = sum;
      stepsBefore = lossSteps;
      return mean;
    }

    double meanLoss() {
      double mean = lossSum.getFloat() / lossSteps;
      try (Value arrays = Value.of(List.of(lossSum));
          Value zero = Value.of(0)) {
        // Not a difference: infinity minus infinity is no 0.
        StepScript.SCRIPT.call("fill", arrays, zero).close();
      }
      lossSteps = 0;
      stepsBefore = 0;
      sumBefore = 0;
      return mean;
    }

    @Override
    public void close() {
      for (Value value : List.of(images0, labels0, imagesValue, labelsValue, lossValue)) {
        value.close();
      }
    }
  }
}
