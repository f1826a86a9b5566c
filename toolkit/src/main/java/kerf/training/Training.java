package kerf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.model.Network;
import kerf.model.Trainer;

/**
 * A plan of training: minimizes the mean loss of a classifier.
 *
 * <p>Each pass over the training images takes them in a new order, drawn from the plan's seed;
 * images that do not fill a last batch are left out of that pass.
 *
 * @param loss what is made small
 * @param penalties what is made small besides, of the parameters alone
 * @param optimizer how steps follow from gradients
 * @param learningRate the course of the optimizer's rate
 * @param batch images a step, 1 or more
 * @param until how long to train in all, iterations before a checkpoint included
 * @param evaluateEvery how often validation images are evaluated; the networks of start and end are
 *     when the history is asked for them
 * @param testEvery at every how many-th evaluation test images are evaluated too; they always are
 *     at the start, the end and at the early-stop point, whose network is kept until it is known
 * @param seed decides data order, dropout and, for a fresh network, its weights
 * @param checkpointAt the steps whose state is kept to rewind to
 * @param goesOn false to stop at a loss that is not finite
 * @param hooks what else takes part
 */
public record Training(
    Loss loss,
    List<Penalty> penalties,
    Optimizer optimizer,
    LearningRate learningRate,
    int batch,
    Step until,
    Step evaluateEvery,
    int testEvery,
    long seed,
    List<Step> checkpointAt,
    boolean goesOn,
    List<TrainingHook> hooks)
    implements Trainer<Trained> {

  /**
   * Checks the values.
   *
   * @param loss what is made small
   * @param penalties what is made small besides, of the parameters alone
   * @param optimizer how steps follow from gradients
   * @param learningRate the course of the optimizer's rate
   * @param batch images a step, 1 or more
   * @param until how long to train in all, iterations before a checkpoint included
   * @param evaluateEvery how often validation images are evaluated; the networks of start and end
   *     are when the history is asked for them
   * @param testEvery at every how many-th evaluation test images are evaluated too; they always are
   *     at the start, the end and at the early-stop point, whose network is kept until it is known
   * @param seed decides data order, dropout and, for a fresh network, its weights
   * @param checkpointAt the steps whose state is kept to rewind to
   * @param goesOn false to stop at a loss that is not finite
   * @param hooks what else takes part
   */
  public Training {
    Argument.require("checkpointAt", checkpointAt);
    Argument.require("evaluateEvery", evaluateEvery);
    Argument.require("learningRate", learningRate);
    Argument.require("loss", loss);
    Argument.require("optimizer", optimizer);
    Argument.require("until", until);
    if (batch < 1) {
      throw new IllegalArgumentException("batch must be 1 or more images, found " + batch);
    }
    if (testEvery < 1) {
      throw new IllegalArgumentException(
          "testEvery must be 1 or more evaluations, found " + testEvery);
    }
    penalties = List.copyOf(penalties);
    checkpointAt = List.copyOf(checkpointAt);
    hooks = List.copyOf(hooks);
  }

  /**
   * The plan without refinements: cross entropy, Adam at 1e-3, constant, batches of 64, five
   * epochs, evaluated after each, seed 0.
   *
   * @return the plan
   */
  public static Training defaults() {
    return new Training(
        new CrossEntropy(),
        List.of(),
        new Adam(1e-3),
        new LearningRate.Constant(),
        64,
        Step.epochs(5),
        Step.epochs(1),
        1,
        0,
        List.of(),
        false,
        List.of());
  }

  /**
   * Changes the loss. Evaluations measure it too.
   *
   * @param other such as {@code meanSquaredError()}
   * @return such a plan
   */
  public Training loss(Loss other) {
    return change(draft -> draft.loss = other);
  }

  /**
   * Adds a penalty to the loss, besides those there are already. Evaluations do not count it.
   *
   * @param more such as {@code l1(1e-4)}
   * @return such a plan
   */
  public Training penalty(Penalty more) {
    Argument.require("penalty", more);
    List<Penalty> all = new ArrayList<>(penalties);
    all.add(more);
    return change(draft -> draft.penalties = all);
  }

  /**
   * Changes the optimizer.
   *
   * @param other such as {@code adam(1.2e-3)}
   * @return such a plan
   */
  public Training optimizer(Optimizer other) {
    return change(draft -> draft.optimizer = other);
  }

  /**
   * Changes the course of the learning rate.
   *
   * @param course such as {@code cosine()}
   * @return such a plan
   */
  public Training learningRate(LearningRate course) {
    return change(draft -> draft.learningRate = course);
  }

  /**
   * Changes the batch size.
   *
   * @param images 1 or more
   * @return such a plan
   */
  public Training batch(int images) {
    return change(draft -> draft.batch = images);
  }

  /**
   * Changes the length.
   *
   * @param end such as {@code epochs(5)}
   * @return such a plan
   */
  public Training until(Step end) {
    return change(draft -> draft.until = end);
  }

  /**
   * Changes how often to evaluate.
   *
   * @param every such as {@code iterations(100)}
   * @return such a plan
   */
  public Training evaluateEvery(Step every) {
    return change(draft -> draft.evaluateEvery = every);
  }

  /**
   * Changes at how many evaluations the test images are evaluated too.
   *
   * @param evaluations 1 for all of them
   * @return such a plan
   */
  public Training testEvery(int evaluations) {
    return change(draft -> draft.testEvery = evaluations);
  }

  /**
   * Changes the seed.
   *
   * @param other any number
   * @return such a plan
   */
  public Training seed(long other) {
    return change(draft -> draft.seed = other);
  }

  /**
   * Names steps whose state is kept.
   *
   * @param steps such as {@code iterations(500)}
   * @return such a plan
   */
  public Training checkpointAt(Step... steps) {
    Argument.require("steps", steps);
    return change(draft -> draft.checkpointAt = List.of(steps));
  }

  /**
   * Goes on to the end even if the loss is no finite number any more, which otherwise stops the
   * training. Evaluations have no accuracy from there on.
   *
   * @return such a plan
   */
  public Training goOnDiverged() {
    return change(draft -> draft.goesOn = true);
  }

  /**
   * Lets something take part, after those that take part already.
   *
   * @param hook what takes part
   * @return such a plan
   */
  public Training hook(TrainingHook hook) {
    Argument.require("hook", hook);
    List<TrainingHook> more = new ArrayList<>(hooks);
    more.add(hook);
    return change(draft -> draft.hooks = more);
  }

  /**
   * Trains, with a display of the progress.
   *
   * @param start the network to start from; it stays as it is, and its mask is kept
   * @param data what to train on
   * @return the trained network
   */
  @Override
  public Trained train(Network start, Dataset data) {
    Argument.require("start", start);
    Argument.require("data", data);
    requireFits(start, data);
    try (Progress progress = Progress.start("training", steps(data))) {
      return hook(new ProgressHook(progress)).resume(Checkpoint.start(start), data);
    }
  }

  /**
   * Trains on from a checkpoint, silently.
   *
   * @param from where to start; weights, optimizer, learning rate and data order go on from there
   * @param data what to train on
   * @return the trained network
   * @throws IllegalArgumentException if network, data and loss do not go together, or a checkpoint
   *     is to be taken where the training does not come by
   * @throws kerf.model.DivergedException if the loss is not finite
   * @throws java.util.concurrent.CancellationException if the thread is interrupted
   */
  public Trained resume(Checkpoint from, Dataset data) {
    Argument.require("from", from);
    Argument.require("data", data);
    requireFits(from.network(), data);
    return new Loop(this, data).run(from);
  }

  /**
   * Checks, before anything is computed, that a network can be trained by this plan.
   *
   * @param network the network
   * @param data what to train on
   * @throws IllegalArgumentException if network, data and loss do not go together, the training
   *     images do not fill a batch, or a checkpoint lies behind the end
   * @throws kerf.model.DivergedException if a value of the network is not finite
   */
  public void requireFits(Network network, Dataset data) {
    Argument.require("network", network);
    Argument.require("data", data);
    for (Samples part : List.of(data.train(), data.validation(), data.test())) {
      Evaluator.requireFits(network, part, loss);
    }
    long perEpoch = perEpoch(data);
    for (Step step : checkpointAt) {
      if (step.iterations(perEpoch) > until.iterations(perEpoch)) {
        throw new IllegalArgumentException(
            "a checkpoint must lie within the training of %s (%,d iterations), found %s (%,d); take an earlier one, or train longer"
                .formatted(
                    until.words(),
                    until.iterations(perEpoch),
                    step.words(),
                    step.iterations(perEpoch)));
      }
    }
  }

  /**
   * Counts the steps of one pass.
   *
   * @param data what to train on
   * @return whole batches in the training images
   * @throws IllegalArgumentException if they do not fill one batch
   */
  public long perEpoch(Dataset data) {
    Argument.require("data", data);
    long batches = data.train().size() / batch;
    if (batches == 0) {
      throw new IllegalArgumentException(
          "training needs at least one batch of %,d images, found %,d in %s; choose a smaller batch"
              .formatted(batch, data.train().size(), data));
    }
    return batches;
  }

  /**
   * Counts the steps of the whole training.
   *
   * @param data what to train on
   * @return optimizer steps from the start to the end
   * @throws IllegalArgumentException if the training images do not fill one batch
   */
  public long steps(Dataset data) {
    Argument.require("data", data);
    return until.iterations(perEpoch(data));
  }

  private Training change(Consumer<Draft> refinement) {
    Draft draft = new Draft(this);
    refinement.accept(draft);
    return draft.plan();
  }

  /** A plan open to one refinement: records have no copy that differs in one component. */
  private static final class Draft {
    Loss loss;
    List<Penalty> penalties;
    Optimizer optimizer;
    LearningRate learningRate;
    int batch;
    Step until;
    Step evaluateEvery;
    int testEvery;
    long seed;
    List<Step> checkpointAt;
    boolean goesOn;
    List<TrainingHook> hooks;

    Draft(Training plan) {
      loss = plan.loss;
      penalties = plan.penalties;
      optimizer = plan.optimizer;
      learningRate = plan.learningRate;
      batch = plan.batch;
      until = plan.until;
      evaluateEvery = plan.evaluateEvery;
      testEvery = plan.testEvery;
      seed = plan.seed;
      checkpointAt = plan.checkpointAt;
      goesOn = plan.goesOn;
      hooks = plan.hooks;
    }

    Training plan() {
      return new Training(
          loss,
          penalties,
          optimizer,
          learningRate,
          batch,
          until,
          evaluateEvery,
          testEvery,
          seed,
          checkpointAt,
          goesOn,
          hooks);
    }
  }
}
