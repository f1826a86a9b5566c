package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.experiment.damage.DamageUnit.Course;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of the brain-damage experiment. */
public final class Damages extends Results {
  private final BrainDamage plan;
  private final Map<DamageUnit, Outcome> units;
  private final List<Cut> cuts = new ArrayList<>();
  private final List<Round> rounds = new ArrayList<>();

  Damages(BrainDamage plan, Map<DamageUnit, Outcome> units) {
    super(plan, "claims of LeCun et al. 1989 and Hassibi and Stork 1992, digits");
    this.plan = plan;
    this.units = units;
    units.forEach(this::add);
  }

  private void add(DamageUnit unit, Outcome outcome) {
    String method = unit.method().toString();
    switch (unit.course()) {
      case DENSE -> {
        for (Method each : Method.values()) {
          rounds.add(round(each.toString(), unit, outcome, 1, ""));
        }
      }
      case CUT -> {
        double[] remaining = outcome.curve("remaining");
        for (int i = 0; i < remaining.length; i++) {
          cuts.add(
              new Cut(
                  method,
                  unit.seed(),
                  remaining[i],
                  outcome.curve("loss")[i],
                  outcome.curve("foretold")[i],
                  outcome.curve("accuracy")[i]));
        }
      }
      case RETRAINED ->
          rounds.add(
              round(
                  method,
                  unit,
                  outcome,
                  outcome.network("network", plan.architecture()).mask().density(),
                  "before "));
    }
  }

  private static Round round(
      String method, DamageUnit unit, Outcome outcome, double remaining, String before) {
    return new Round(
        method,
        unit.seed(),
        unit.round(),
        remaining,
        outcome.number(before + "loss"),
        outcome.number("loss"),
        outcome.number(before + "accuracy"),
        outcome.number("accuracy"));
  }

  /**
   * Lists every cut without retraining.
   *
   * @return a table, a row each: who chose, what remains, the loss, what was foretold, accuracy
   */
  public Table cuts() {
    return Rows.table("deleted without retraining", Cut.class, cuts);
  }

  /**
   * Lists every round with retraining.
   *
   * @return a table, a row each: who chose, what remains, loss and accuracy before and after
   */
  public Table rounds() {
    return Rows.table(
        "a fifth deleted and the rest retrained, round by round", Round.class, rounds);
  }

  @Override
  protected List<Claim> judged() {
    return new DamageClaims(cuts, rounds).all();
  }

  /**
   * Draws the loss and the test accuracy by parameters remaining, without retraining, after figure
   * 1 of LeCun, Denker and Solla.
   *
   * @return a figure of two panels
   */
  public Figure withoutRetraining() {
    return new DamageFigures(plan, cuts, rounds).withoutRetraining();
  }

  /**
   * Draws the loss and the test accuracy by parameters remaining, the rest retrained after every
   * fifth, after their figure 2.
   *
   * @return a figure of two panels
   */
  public Figure retrained() {
    return new DamageFigures(plan, cuts, rounds).retrained();
  }

  /**
   * Gives a trained network.
   *
   * @param seed which repetition
   * @return the dense network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network dense(long seed) {
    return network(DamageUnit.dense(seed));
  }

  /**
   * Gives a pruned and retrained network.
   *
   * @param seed which repetition
   * @param method who chose
   * @param round how many rounds, 1 to the plan's
   * @return the network
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(long seed, Method method, int round) {
    Argument.require("method", method);
    return network(new DamageUnit(seed, Course.RETRAINED, method, round));
  }

  private Network network(DamageUnit unit) {
    Outcome outcome = units.get(unit);
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no network of %s; seeds are %s, rounds 1 to %d"
              .formatted(unit, plan.seeds(), plan.rounds()));
    }
    return outcome.network("network", plan.architecture());
  }
}
