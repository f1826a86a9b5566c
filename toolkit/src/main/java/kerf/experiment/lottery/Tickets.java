package kerf.experiment.lottery;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.experiment.Claim;
import kerf.experiment.Results;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of a lottery experiment. */
public final class Tickets extends Results {
  private final Lottery plan;
  private final Map<Unit, UnitFile.Done> units;
  private final List<Trial> trials = new ArrayList<>();

  Tickets(Lottery plan, Map<Unit, UnitFile.Done> units) {
    super(plan, "claims of Frankle and Carbin 2019, LeNet-300-100", Map.of());
    this.plan = plan;
    this.units = units;
    units.forEach((unit, done) -> trials.add(Trial.of(unit, done)));
  }

  /**
   * Lists every training.
   *
   * @return a table, a row each: arm, seed, level, weights remaining, early stop and accuracies
   */
  public Table table() {
    return Rows.table("lottery tickets", Trial.class, trials);
  }

  @Override
  protected List<Claim> judged() {
    return new LotteryClaims(trials).all();
  }

  /**
   * Tells where the run differs from the article.
   *
   * @return a sentence each
   */
  public List<String> differences() {
    List<String> all = new ArrayList<>(plan.preset().differences());
    all.add(
        "%s a level, %d levels and %d seeds; the article has 50,000 iterations, about 24 levels and 5 seeds"
            .formatted(plan.training().until(), plan.levels(), plan.seeds().size()));
    all.add("one reinitialization a seed; the article has three");
    return all;
  }

  /**
   * Draws test accuracy by iteration, after figure 3 of the article.
   *
   * @return the figure
   */
  public Figure accuracyByIteration() {
    return new LotteryFigures(plan, units, trials).accuracyByIteration();
  }

  /**
   * Draws early-stop iteration, accuracy at early stop, final accuracy and training accuracy by
   * weights remaining, after figure 4 of the article.
   *
   * @return the figure
   */
  public Figure byWeightsRemaining() {
    return new LotteryFigures(plan, units, trials).byWeightsRemaining();
  }

  /**
   * Gives a trained ticket.
   *
   * @param seed which repetition
   * @param level how many rounds of pruning
   * @return the network after training, with its mask
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network ticket(long seed, int level) {
    UnitFile.Done done = units.get(new Unit(seed, Arm.TICKET, level));
    if (done == null) {
      throw new IllegalArgumentException(
          "no ticket of seed %d at level %d; seeds are %s, levels 0 to %d"
              .formatted(seed, level, plan.seeds(), plan.levels()));
    }
    return done.network();
  }

  /**
   * Gives a ticket's mask.
   *
   * @param seed which repetition
   * @param level how many rounds of pruning
   * @return the mask
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Mask mask(long seed, int level) {
    return ticket(seed, level).mask();
  }
}
