package kerf.pruning;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import kerf.argument.Argument;
import kerf.criterion.Criterion;
import kerf.criterion.Given;
import kerf.criterion.Subject;
import kerf.data.Samples;
import kerf.granularity.Fraction;
import kerf.granularity.Granularity;
import kerf.granularity.Scope;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.schedule.Schedule;
import kerf.slimming.Coupling;

/**
 * A plan of what to prune, and how much. Immutable: every refinement gives a new plan, so a plan
 * can be kept, varied and used again.
 *
 * @param criterion what makes a weight important
 * @param granularity which weights stand or fall together
 * @param scope how far scores compete
 * @param goal how much is to go, of each layer or of all together
 * @param overrides other goals for some layers, which then compete only within themselves
 * @param keep layers that are not pruned at all, and do not count
 * @param given what the criterion may draw on besides the network
 * @param floor the fraction of each layer's groups that stays, whatever the goal says, in [0, 1)
 */
public record Pruning(
    Criterion criterion,
    Granularity granularity,
    Scope scope,
    Goal goal,
    Map<String, Goal> overrides,
    Set<String> keep,
    Given given,
    double floor) {
  /**
   * Checks that nothing is missing, and copies what could be changed from outside.
   *
   * @param criterion what makes a weight important
   * @param granularity which weights stand or fall together
   * @param scope how far scores compete
   * @param goal how much is to go
   * @param overrides other goals for some layers
   * @param keep layers that are not pruned
   * @param given what the criterion may draw on besides the network
   * @param floor the fraction of each layer's groups that stays
   */
  public Pruning {
    Argument.require("criterion", criterion);
    Argument.require("goal", goal);
    Argument.require("granularity", granularity);
    Argument.require("keep", keep);
    Argument.require("scope", scope);
    Fraction.require("floor", floor);
    Argument.require("given", given);
    overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
    keep = Collections.unmodifiableSet(new LinkedHashSet<>(keep));
  }

  /**
   * The plan everything starts from: a fifth of the weights left in each layer, by magnitude, as in
   * the lottery-ticket experiments.
   *
   * @return the plan with every default filled in
   */
  public static Pruning plan() {
    return new Pruning(
        Criterion.magnitude(),
        Granularity.weights(),
        Scope.LAYERWISE,
        Goal.amount(0.2),
        Map.of(),
        Set.of(),
        Given.NOTHING,
        0);
  }

  /**
   * This plan with another criterion.
   *
   * @param other what makes a weight important
   * @return a new plan
   */
  public Pruning criterion(Criterion other) {
    return new Pruning(other, granularity, scope, goal, overrides, keep, given, floor);
  }

  /**
   * This plan with another granularity.
   *
   * @param other which weights stand or fall together
   * @return a new plan
   */
  public Pruning granularity(Granularity other) {
    return new Pruning(criterion, other, scope, goal, overrides, keep, given, floor);
  }

  /**
   * This plan with another scope.
   *
   * @param other how far scores compete
   * @return a new plan
   */
  public Pruning scope(Scope other) {
    return new Pruning(criterion, granularity, other, goal, overrides, keep, given, floor);
  }

  /**
   * This plan with another goal.
   *
   * @param other how much is to go
   * @return a new plan
   */
  public Pruning goal(Goal other) {
    return new Pruning(criterion, granularity, scope, other, overrides, keep, given, floor);
  }

  /**
   * This plan with another goal for one layer, which then competes only within itself.
   *
   * @param layer the layer's name
   * @param other how much of it is to go
   * @return a new plan
   */
  public Pruning goal(String layer, Goal other) {
    Argument.require("layer", layer);
    Argument.require("goal", other);
    Map<String, Goal> more = new LinkedHashMap<>(overrides);
    more.put(layer, other);
    return new Pruning(criterion, granularity, scope, goal, more, keep, given, floor);
  }

  /**
   * This plan with a fraction of what is left as its goal.
   *
   * @param fraction in [0, 1)
   * @return a new plan
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  public Pruning amount(double fraction) {
    return goal(Goal.amount(fraction));
  }

  /**
   * This plan with a fraction of what is left as one layer's goal.
   *
   * @param layer the layer's name
   * @param fraction in [0, 1)
   * @return a new plan
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  public Pruning amount(String layer, double fraction) {
    Argument.require("layer", layer);
    return goal(layer, Goal.amount(fraction));
  }

  /**
   * This plan with a fraction of the dense whole as its goal; see {@link Goal#sparsity}.
   *
   * @param fraction in [0, 1)
   * @return a new plan
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  public Pruning sparsity(double fraction) {
    return goal(Goal.sparsity(fraction));
  }

  /**
   * This plan with a fraction of the dense whole as one layer's goal; see {@link Goal#sparsity}.
   *
   * @param layer the layer's name
   * @param fraction in [0, 1)
   * @return a new plan
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  public Pruning sparsity(String layer, double fraction) {
    Argument.require("layer", layer);
    return goal(layer, Goal.sparsity(fraction));
  }

  /**
   * This plan with exactly so many more as its goal; see {@link Goal#count}.
   *
   * @param more how many weights, or whole slices, at least 0
   * @return a new plan
   * @throws IllegalArgumentException if the number is negative
   */
  public Pruning count(int more) {
    return goal(Goal.count(more));
  }

  /**
   * This plan with a threshold as its goal, in standard deviations of each layer's weights; see
   * {@link Goal#threshold}.
   *
   * @param deviations how many, above 0
   * @return a new plan
   * @throws IllegalArgumentException if the number is not above 0
   */
  public Pruning threshold(double deviations) {
    return goal(Goal.threshold(deviations));
  }

  /**
   * This plan with a threshold as one layer's goal; see {@link Goal#threshold}.
   *
   * @param layer the layer's name
   * @param deviations how many, above 0
   * @return a new plan
   * @throws IllegalArgumentException if the number is not above 0
   */
  public Pruning threshold(String layer, double deviations) {
    Argument.require("layer", layer);
    return goal(layer, Goal.threshold(deviations));
  }

  /**
   * This plan with more layers left alone. They do not count towards any goal.
   *
   * @param layers the layers' names
   * @return a new plan
   */
  public Pruning keep(String... layers) {
    Argument.require("layers", layers);
    Set<String> more = new LinkedHashSet<>(keep);
    more.addAll(Arrays.asList(layers));
    return new Pruning(criterion, granularity, scope, goal, overrides, more, given, floor);
  }

  /**
   * This plan with a floor: in each layer the best groups stay, at least this fraction of those the
   * dense layer has, and at least one. Under a goal for all layers together the others give more
   * instead; under a layer's own goal the floor wins and less goes than the goal says.
   *
   * <p>Without a floor a layer may lose everything, as with PyTorch's {@code global_unstructured}.
   * That is the default, because a single weight left would hide a layer's collapse, not heal it; a
   * network of which a layer is empty says so wherever it is shown.
   *
   * @param fraction in [0, 1); such as 0.02
   * @return a new plan
   * @throws IllegalArgumentException if the fraction is not in [0, 1)
   */
  public Pruning floor(double fraction) {
    return new Pruning(criterion, granularity, scope, goal, overrides, keep, given, fraction);
  }

  /**
   * This plan with data, for criteria that run the network.
   *
   * @param samples labelled samples, such as {@code mnist().train().sample(1000, 1)}
   * @return a new plan
   */
  public Pruning data(Samples samples) {
    Argument.require("samples", samples);
    return given(given.data(samples));
  }

  /**
   * This plan with the network before training, for criteria that compare with it.
   *
   * @param network such as {@code trained.checkpoint(iterations(0)).network()}
   * @return a new plan
   */
  public Pruning initial(Network network) {
    Argument.require("network", network);
    return given(given.initial(network));
  }

  private Pruning given(Given other) {
    return new Pruning(criterion, granularity, scope, goal, overrides, keep, other, floor);
  }

  /**
   * Prunes a network.
   *
   * @param network the network; it stays as it is
   * @return a copy whose pruned weights are 0, and stay 0 through any training
   * @throws IllegalArgumentException as {@link #mask(Mask, Map)} does
   */
  public Network prune(Network network) {
    Argument.require("network", network);
    network.requireFree();
    return network.masked(mask(network));
  }

  /**
   * Prunes bare numbers.
   *
   * @param tensor the numbers; they stay as they are
   * @return a copy whose pruned numbers are 0
   * @throws IllegalArgumentException as {@link #mask(Mask, Map)} does
   */
  public Tensor prune(Tensor tensor) {
    Argument.require("tensor", tensor);
    return tensor.pruned(this);
  }

  /**
   * Prunes while a network trains, instead of at once: {@code
   * training().hook(pruning().gradually(polynomial(0.9)))}.
   *
   * @param schedule how much, and when
   * @return something that takes part in a training
   * @throws IllegalArgumentException if this plan has goals that do not go with a schedule
   */
  public GradualPruning gradually(Schedule schedule) {
    Argument.require("schedule", schedule);
    return new GradualPruning(this, schedule);
  }

  /**
   * Checks that this plan can prune networks of an architecture, without looking at their weights:
   * whoever trains first and prunes then asks beforehand.
   *
   * @param network any network of the architecture, such as a fresh one
   * @throws IllegalArgumentException if the plan names a layer that is not there, keeps all of
   *     them, or the criterion needs more than the plan has
   */
  public void requireFits(Network network) {
    selection(network).requireFits();
  }

  /**
   * Chooses what to prune in a network, and leaves it at that.
   *
   * @param network the network; it stays as it is
   * @return a subset of its mask
   * @throws IllegalArgumentException as {@link #mask(Mask, Map)} does
   */
  public Mask mask(Network network) {
    Argument.require("network", network);
    return selection(network).mask();
  }

  private Selection selection(Network network) {
    // Layer by layer: copies of all weights at once would be as large as the network.
    Subject subject = Subject.of(network, given);
    return new Selection(
        this, network.mask(), network::weights, subject, () -> Coupling.of(network));
  }

  /**
   * Chooses what to prune. Only what the present mask keeps competes; what it has pruned stays
   * pruned, and the criterion sees it as 0. Of those that compete for a goal exactly k go, those
   * with the smallest scores, of equal scores the earlier layer's and then the smaller index's.
   *
   * @param present what is kept now
   * @param weights the weights of every layer of the mask, by name, in C order
   * @return a subset of the present mask, its layers in the same order
   * @throws IllegalArgumentException if the plan names a layer the mask has not, no layer is left
   *     to prune, weights are missing or not numbers, a goal asks for more than is left, or the
   *     criterion needs more than weights
   */
  public Mask mask(Mask present, Map<String, float[]> weights) {
    Argument.require("present", present);
    Argument.require("weights", weights);
    Function<String, float[]> masked =
        layer -> {
          float[] own = weights.get(layer);
          if (own == null) {
            throw new IllegalArgumentException(
                "pruning needs the weights of %s, found only those of %s"
                    .formatted(layer, String.join(", ", weights.keySet())));
          }
          return present.layer(layer).apply(own);
        };
    return new Selection(this, present, masked, Subject.unknown(), Pruning::unknownCoupling).mask();
  }

  private static Coupling unknownCoupling() {
    throw new IllegalArgumentException(
        "channels() needs a network, which says what layers lose channels together, found only"
            + " weights; use prune(network)");
  }

  /** One line; what is at its default is left out where runs were saved before it was there. */
  @Override
  public String toString() {
    return "Pruning[criterion=%s, granularity=%s, scope=%s, goal=%s, overrides=%s, keep=%s%s%s]"
        .formatted(
            criterion,
            granularity,
            scope,
            goal,
            overrides,
            keep,
            given.equals(Given.NOTHING) ? "" : ", given=" + given,
            floor == 0 ? "" : ", floor=" + floor);
  }
}
