package kerf.experiment.lottery;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.experiment.Folders;
import kerf.experiment.Identity;
import kerf.experiment.Length;
import kerf.experiment.Seeds;
import kerf.experiment.Study;
import kerf.model.Architecture;
import kerf.pruning.Pruning;
import kerf.training.Step;
import kerf.training.Training;

/**
 * The lottery-ticket experiment: train, prune, rewind the survivors, train again, level by level,
 * with its controls beside it. Frankle and Carbin, "The Lottery Ticket Hypothesis", ICLR 2019.
 *
 * @param preset whose settings it started from
 * @param length how much of it is run
 * @param architecture what is trained
 * @param data what it is trained on
 * @param training how each level is trained; its seed is replaced by those of {@code seeds}
 * @param pruning what goes after each level
 * @param levels how many rounds of pruning, 1 or more
 * @param controlLevels the levels at which the controls are trained
 * @param rewindTo the step to whose values survivors return; 0 is the initialization
 * @param seeds one repetition each, 1 or more
 * @param arms the lines of the experiment; the ticket is always among them
 * @param home the folder under which results are kept
 */
public record Lottery(
    Preset preset,
    Length length,
    Architecture architecture,
    Dataset data,
    Training training,
    Pruning pruning,
    int levels,
    List<Integer> controlLevels,
    Step rewindTo,
    List<Long> seeds,
    Set<Arm> arms,
    Path home) {

  /**
   * Checks the numbers.
   *
   * @param preset whose settings it started from
   * @param length how much of it is run
   * @param architecture what is trained
   * @param data what it is trained on
   * @param training how each level is trained
   * @param pruning what goes after each level
   * @param levels how many rounds of pruning, 1 or more
   * @param controlLevels the levels at which the controls are trained
   * @param rewindTo the step to whose values survivors return
   * @param seeds one repetition each, 1 or more
   * @param arms the lines of the experiment
   * @param home the folder under which results are kept
   */
  public Lottery {
    Argument.require("architecture", architecture);
    Argument.require("arms", arms);
    Argument.require("data", data);
    Argument.require("home", home);
    Argument.require("pruning", pruning);
    Argument.require("rewindTo", rewindTo);
    Argument.require("seeds", seeds);
    Argument.require("training", training);
    if (levels < 1) {
      throw new IllegalArgumentException(
          "levels must be 1 or more rounds of pruning, found %d; for a dense network alone use training()"
              .formatted(levels));
    }
    seeds = Seeds.require(seeds);
    long unknown = training.hooks().stream().filter(hook -> hook.identity().isEmpty()).count();
    if (unknown > 0) {
      throw new IllegalArgumentException(
          "a training with hooks of your own has no identity to save results under, found %d; leave them out"
              .formatted(unknown));
    }
    if (controlLevels.stream().anyMatch(level -> level < 1)) {
      throw new IllegalArgumentException(
          "controls must be at levels of pruning, 1 or more, found %s; level 0 is the dense network, which is its own control"
              .formatted(controlLevels));
    }
    int last = levels;
    controlLevels = controlLevels.stream().filter(level -> level <= last).sorted().toList();
    Set<Arm> all = EnumSet.of(Arm.TICKET);
    all.addAll(arms);
    arms = all;
  }

  /**
   * The experiment with the settings of one of its sources.
   *
   * @param preset whose settings
   * @param length how much of it to run
   * @return the plan
   */
  public static Lottery of(Preset preset, Length length) {
    Argument.require("preset", preset);
    Argument.require("length", length);
    Training training = preset.training();
    Dataset data = preset.data();
    Lottery full =
        new Lottery(
            preset,
            length,
            preset.architecture(),
            data,
            training,
            preset.pruning(),
            24,
            List.of(1, 2, 3, 5, 7, 9, 12, 15, 18, 20, 24),
            Step.iterations(0),
            List.of(1L, 2L, 3L, 4L, 5L),
            EnumSet.allOf(Arm.class),
            Folders.home());
    return switch (length) {
      case FULL -> full;
      case STANDARD ->
          full.training(training.until(Step.iterations(20_000)).testEvery(5))
              .levels(15)
              .controlsAt(3, 7, 12, 15)
              .seeds(1, 2, 3);
      case QUICK ->
          full.training(training.until(Step.iterations(4_000)).testEvery(5))
              .levels(12)
              .controlsAt(3, 7, 12)
              .seeds(1, 2, 3);
      case SMOKE ->
          full.data(data.sample(2_000, 500, 500, 1))
              .training(training.until(Step.iterations(60)).evaluateEvery(Step.iterations(20)))
              .levels(3)
              .controlsAt(2, 3)
              .seeds(1, 2);
    };
  }

  /**
   * Changes the data.
   *
   * @param other what to train on
   * @return such a plan
   */
  public Lottery data(Dataset other) {
    return change(draft -> draft.data = other);
  }

  /**
   * Changes the architecture.
   *
   * @param other what to train, with inputs of the data's shape
   * @return such a plan
   */
  public Lottery architecture(Architecture other) {
    return change(draft -> draft.architecture = other);
  }

  /**
   * Changes the training.
   *
   * @param other how each level is trained
   * @return such a plan
   */
  public Lottery training(Training other) {
    return change(draft -> draft.training = other);
  }

  /**
   * Changes the pruning.
   *
   * @param other what goes after each level
   * @return such a plan
   */
  public Lottery pruning(Pruning other) {
    return change(draft -> draft.pruning = other);
  }

  /**
   * Changes how far it goes. Levels that are done already are kept.
   *
   * @param rounds rounds of pruning, 1 or more
   * @return such a plan
   */
  public Lottery levels(int rounds) {
    return change(draft -> draft.levels = rounds);
  }

  /**
   * Changes where the controls are trained.
   *
   * @param at levels, 1 to the last; with fewer {@link #levels} later ones are left out
   * @return such a plan
   * @throws IllegalArgumentException if one is beyond the last level
   */
  public Lottery controlsAt(Integer... at) {
    Argument.require("levels", at);
    for (int level : at) {
      if (level > levels) {
        throw new IllegalArgumentException(
            "controls must be at levels 1 to %d, which are pruned, found %d; write levels(%d) before controlsAt(%d)"
                .formatted(levels, level, level, level));
      }
    }
    return change(draft -> draft.controlLevels = List.of(at));
  }

  /**
   * Changes to what survivors are rewound.
   *
   * @param step {@code iterations(0)} for the initialization, later for Frankle et al. 2020
   * @return such a plan
   */
  public Lottery rewindTo(Step step) {
    return change(draft -> draft.rewindTo = step);
  }

  /**
   * Changes the repetitions. Seeds that are done already are kept.
   *
   * @param each one repetition each
   * @return such a plan
   */
  public Lottery seeds(long... each) {
    Argument.require("seeds", each);
    return change(draft -> draft.seeds = Arrays.stream(each).boxed().toList());
  }

  /**
   * Changes the controls.
   *
   * @param lines which of them to run; the ticket always is
   * @return such a plan
   */
  public Lottery arms(Arm... lines) {
    Argument.require("arms", lines);
    return change(
        draft -> draft.arms = lines.length == 0 ? Set.of() : EnumSet.copyOf(List.of(lines)));
  }

  /**
   * Changes where results are kept.
   *
   * @param folder a folder; made if it is not there
   * @return such a plan
   */
  public Lottery home(Path folder) {
    return change(draft -> draft.home = folder);
  }

  /**
   * Runs what is not done yet, on all cores, and reads back the rest.
   *
   * @return the results
   * @throws java.util.concurrent.CancellationException if the thread is interrupted; what was
   *     finished stays
   */
  public Tickets run() {
    return new Tickets(this, new Study<>(new Levels(this)).run());
  }

  /** What makes a unit's result; levels, seeds and arms only say how many of them there are. */
  Identity identity() {
    Training usual = Preset.PAPER.training();
    return new Identity("lottery")
        .and("architecture", architecture.describe(), Preset.PAPER.architecture().describe())
        .and("data", data.toString(), Preset.PAPER.data().toString())
        .and("loss", training.loss(), usual.loss())
        .and("penalties", training.penalties(), usual.penalties())
        .and("optimizer", training.optimizer(), usual.optimizer())
        .and("learningRate", training.learningRate(), usual.learningRate())
        .and("batch", training.batch(), usual.batch())
        .and("until", training.until(), usual.until())
        .and("evaluateEvery", training.evaluateEvery(), usual.evaluateEvery())
        .and("testEvery", training.testEvery(), usual.testEvery())
        .and(
            "hooks",
            training.hooks().stream().flatMap(hook -> hook.identity().stream()).toList(),
            List.of())
        .and("pruning", pruning, Preset.PAPER.pruning())
        .and("rewindTo", rewindTo, Step.iterations(0));
  }

  /** The units of one repetition, each behind those it needs. */
  List<Unit> units(long seed) {
    List<Unit> units = new ArrayList<>();
    for (int level = 0; level <= levels; level++) {
      units.add(new Unit(seed, Arm.TICKET, level));
    }
    for (Arm arm : arms) {
      if (arm != Arm.TICKET) {
        controlLevels.forEach(level -> units.add(new Unit(seed, arm, level)));
      }
    }
    return units;
  }

  @Override
  public String toString() {
    return "lottery %s, %s: %s on %s, %s a level, %d levels, seeds %s"
        .formatted(preset, length, architecture.describe(), data, training.until(), levels, seeds);
  }

  private Lottery change(Consumer<Draft> refinement) {
    Draft draft = new Draft(this);
    refinement.accept(draft);
    return draft.plan();
  }

  /** A plan open to one refinement: records have no copy that differs in one component. */
  private static final class Draft {
    Preset preset;
    Length length;
    Architecture architecture;
    Dataset data;
    Training training;
    Pruning pruning;
    int levels;
    List<Integer> controlLevels;
    Step rewindTo;
    List<Long> seeds;
    Set<Arm> arms;
    Path home;

    Draft(Lottery plan) {
      preset = plan.preset;
      length = plan.length;
      architecture = plan.architecture;
      data = plan.data;
      training = plan.training;
      pruning = plan.pruning;
      levels = plan.levels;
      controlLevels = plan.controlLevels;
      rewindTo = plan.rewindTo;
      seeds = plan.seeds;
      arms = plan.arms;
      home = plan.home;
    }

    Lottery plan() {
      return new Lottery(
          preset,
          length,
          architecture,
          data,
          training,
          pruning,
          levels,
          controlLevels,
          rewindTo,
          seeds,
          arms,
          home);
    }
  }
}
