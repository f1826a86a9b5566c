package kerf.experiment.damage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import kerf.experiment.Claim;
import kerf.experiment.Outcome;
import kerf.experiment.Results;
import kerf.model.Network;
import kerf.plot.Figure;
import kerf.plot.Plot;
import kerf.table.Percent;
import kerf.table.Rows;
import tech.tablesaw.api.Table;

/** The results of the XOR experiment. */
public final class XorDeletions extends Results {
  private final XorSurgery plan;
  private final Map<Long, Outcome> networks;
  private final List<XorDeletion> deletions = new ArrayList<>();
  private final List<Long> learned = new ArrayList<>();

  XorDeletions(XorSurgery plan, Map<Long, Outcome> networks) {
    super(plan, "claims of Hassibi and Stork 1992, XOR", networks);
    this.plan = plan;
    this.networks = networks;
    networks.forEach(this::add);
  }

  private void add(long seed, Outcome outcome) {
    // Written so that what is not a number has not learned.
    if (!(outcome.number("accuracy") >= 1 && outcome.number("loss") <= XorWork.LEARNED)) {
      return;
    }
    learned.add(seed);
    for (Method method : XorWork.METHODS) {
      double[] deleted = outcome.curve(method + " deleted");
      double[] losses = outcome.curve(method + " loss");
      double[] accuracies = outcome.curve(method + " accuracy");
      for (int i = 0; i < deleted.length; i++) {
        String weight = XorDeletion.weight((int) deleted[i]);
        deletions.add(new XorDeletion(seed, method, i + 1, weight, losses[i], accuracies[i]));
      }
    }
  }

  /**
   * Lists every deletion from the networks that had learned XOR.
   *
   * @return a table, a row each: which network, who chose, which weight, what is left of XOR
   */
  public Table table() {
    return Rows.table("deletions from XOR networks", XorDeletion.class, deletions);
  }

  /**
   * Gives a trained network.
   *
   * @param seed which, 1 to the plan's number of networks
   * @return the network before any deletion
   * @throws IllegalArgumentException if it was not part of the run
   */
  public Network network(long seed) {
    Outcome outcome = networks.get(seed);
    if (outcome == null) {
      throw new IllegalArgumentException(
          "no network of seed %d; seeds are 1 to %d".formatted(seed, plan.nets()));
    }
    return outcome.network("trained", XorSurgery.NET);
  }

  /**
   * Lists the seeds of the networks that learned XOR; a third of such small networks get stuck.
   *
   * @return seeds, ascending
   */
  public List<Long> learned() {
    return List.copyOf(learned);
  }

  @Override
  protected List<Claim> judged() {
    String first = "of OBS, OBD and magnitude, only OBS deletes a right weight in every case";
    String published = "only OBS, always";
    String tolerance = "OBS always, the others not";
    String bias = "what OBS deletes first is a bias: the other six weights cannot go";
    String always = "always";
    if (learned.isEmpty()) {
      return List.of(
          Claim.notReached(first, published, tolerance),
          Claim.notReached(bias, "the right weight, always", always));
    }
    long all = learned.size();
    long surgeon = count(Method.OBS, XorDeletion::solved);
    long damage = count(Method.OBD, XorDeletion::solved);
    long magnitude = count(Method.MAGNITUDE, XorDeletion::solved);
    long biases = count(Method.OBS, deletion -> deletion.kind().equals("bias"));
    return List.of(
        Claim.tested(
            first,
            published,
            "OBS %d, OBD %d, magnitude %d of %d".formatted(surgeon, damage, magnitude, all),
            tolerance,
            surgeon == all && damage < all && magnitude < all,
            surgeon,
            damage,
            magnitude),
        Claim.tested(
            bias,
            "the right weight, always",
            "%d of %d".formatted(biases, all),
            always,
            biases == all,
            biases));
  }

  private long count(Method method, Predicate<XorDeletion> what) {
    return deletions.stream()
        .filter(deletion -> deletion.deletions() == 1 && deletion.method() == method)
        .filter(what)
        .count();
  }

  /**
   * Draws what went first, and how many networks still know XOR after each deletion.
   *
   * @return a figure of two panels
   */
  public Figure figure() {
    List<FirstDeletion> kinds = new ArrayList<>();
    List<StillSolved> solved = new ArrayList<>();
    for (Method method : XorWork.METHODS) {
      for (String kind : List.of("bias", "input to hidden", "hidden to output")) {
        long count = count(method, deletion -> deletion.kind().equals(kind));
        kinds.add(new FirstDeletion(kind, method, share(count)));
      }
      solved.add(new StillSolved(method, 0, 1));
      for (int i = 1; i <= XorSurgery.DELETIONS; i++) {
        int gone = i;
        long count =
            deletions.stream()
                .filter(deletion -> deletion.method() == method && deletion.deletions() == gone)
                .filter(XorDeletion::solved)
                .count();
        solved.add(new StillSolved(method, i, share(count)));
      }
    }
    return Figure.row(
            Plot.bars(Rows.table("first deletion", FirstDeletion.class, kinds))
                .x("kind")
                .y("networks")
                .by("method")
                .percentY()
                .title("What is deleted first")
                .xTitle("kind of weight")
                .yTitle("networks (%)")
                .size(520, 380),
            Plot.line(Rows.table("still solved", StillSolved.class, solved))
                .x("deletions")
                .y("solved")
                .by("method")
                .percentY()
                .xTicks(0, 1, 2, 3, 4)
                .title("Networks that still solve XOR, not retrained")
                .xTitle("weights deleted")
                .yTitle("networks (%)")
                .size(520, 380))
        .caption(
            "%d networks that had learned XOR, of %d. Only a bias can go: without any one of the other six weights no 2-2-1 network computes XOR."
                .formatted(learned.size(), plan.nets()));
  }

  private double share(long count) {
    return learned.isEmpty() ? Double.NaN : (double) count / learned.size();
  }

  /**
   * A bar.
   *
   * @param kind what kind of weight
   * @param method who chose
   * @param networks the fraction of networks where it went first
   */
  record FirstDeletion(String kind, Method method, @Percent(0) double networks) {}

  /**
   * A point.
   *
   * @param method who chose
   * @param deletions how many weights are gone
   * @param solved the fraction of networks that still have all four inputs right
   */
  record StillSolved(Method method, int deletions, @Percent(0) double solved) {}
}
