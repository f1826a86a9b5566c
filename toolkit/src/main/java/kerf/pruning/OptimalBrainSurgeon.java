package kerf.pruning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.argument.Argument;
import kerf.curvature.Coordinates;
import kerf.curvature.Hessian;
import kerf.curvature.InverseHessian;
import kerf.data.Samples;
import kerf.display.Interrupts;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.training.CrossEntropy;
import kerf.training.Loss;

/**
 * Optimal Brain Surgeon: deletes the weight that the loss will miss least once all others have made
 * up for it, and lets them: {@code L = w² / (2 [H⁻¹]qq)}, {@code δw = -(w / [H⁻¹]qq) H⁻¹ eq}. One
 * deletion after another, with H the Gauss-Newton part of the Hessian. B. Hassibi and D. Stork,
 * "Second order derivatives for network pruning: Optimal Brain Surgeon", NIPS 1992, equation 5.
 *
 * <p>A verb of its own and no criterion, since it changes the weights that stay. Weights of all
 * layers compete; biases are not deleted but make up for others. Immutable, as every plan.
 *
 * @param data labelled samples, best those the network was trained on, at a minimum of the loss
 * @param loss the loss the network was trained with
 * @param goal how many weights are to go, of all layers together
 * @param damping what is added to the diagonal of H, above 0
 * @param refresh after which fraction of the weights is deleted H is taken anew, in (0, 1]; at
 *     least one is
 */
public record OptimalBrainSurgeon(
    Optional<Samples> data, Loss loss, Goal goal, double damping, double refresh) {

  /**
   * Checks the numbers.
   *
   * @param data labelled samples
   * @param loss the loss the network was trained with
   * @param goal how many weights are to go
   * @param damping what is added to the diagonal of H, above 0
   * @param refresh after which fraction of the weights H is taken anew, in (0, 1]
   */
  public OptimalBrainSurgeon {
    Argument.require("data", data);
    Argument.require("goal", goal);
    Argument.require("loss", loss);
    if (!(damping > 0) || Double.isInfinite(damping)) {
      throw new IllegalArgumentException(
          "damping must be above 0 and finite, found %s; 1e-8 to 1e-4 are usual"
              .formatted(damping));
    }
    if (!(refresh > 0 && refresh <= 1)) {
      throw new IllegalArgumentException(
          "refresh must be a fraction in (0, 1], found %s; 0.05 takes the Hessian anew after every 5 %% of the weights"
              .formatted(refresh));
    }
  }

  /**
   * The plan everything starts from: a fifth of the weights left, by cross entropy, damped by 1e-4,
   * the Hessian taken anew after every 5 % of the weights. With less damping, weights that the
   * samples say little about move so far that the loss is no parabola there.
   *
   * @return the plan; it still needs data
   */
  public static OptimalBrainSurgeon plan() {
    return new OptimalBrainSurgeon(
        Optional.empty(), new CrossEntropy(), Goal.amount(0.2), 1e-4, 0.05);
  }

  /**
   * This plan with data.
   *
   * @param samples labelled samples, such as {@code digits().train()}
   * @return a new plan
   */
  public OptimalBrainSurgeon data(Samples samples) {
    Argument.require("samples", samples);
    return new OptimalBrainSurgeon(Optional.of(samples), loss, goal, damping, refresh);
  }

  /**
   * This plan with another loss.
   *
   * @param other the loss the network was trained with
   * @return a new plan
   */
  public OptimalBrainSurgeon loss(Loss other) {
    return new OptimalBrainSurgeon(data, other, goal, damping, refresh);
  }

  /**
   * This plan with another goal.
   *
   * @param other how many weights are to go
   * @return a new plan
   */
  public OptimalBrainSurgeon goal(Goal other) {
    return new OptimalBrainSurgeon(data, loss, other, damping, refresh);
  }

  /**
   * This plan with a fraction of what is left as its goal.
   *
   * @param fraction in [0, 1)
   * @return a new plan
   */
  public OptimalBrainSurgeon amount(double fraction) {
    return goal(Goal.amount(fraction));
  }

  /**
   * This plan with a fraction of the dense whole as its goal.
   *
   * @param fraction in [0, 1)
   * @return a new plan
   */
  public OptimalBrainSurgeon sparsity(double fraction) {
    return goal(Goal.sparsity(fraction));
  }

  /**
   * This plan with a number of weights as its goal.
   *
   * @param weights how many more, 0 or more
   * @return a new plan
   */
  public OptimalBrainSurgeon count(int weights) {
    return goal(Goal.count(weights));
  }

  /**
   * This plan with another damping.
   *
   * @param added what is added to the diagonal of H, above 0
   * @return a new plan
   */
  public OptimalBrainSurgeon damping(double added) {
    return new OptimalBrainSurgeon(data, loss, goal, added, refresh);
  }

  /**
   * This plan with another time for a new Hessian.
   *
   * @param fraction after which fraction of the weights is deleted, in (0, 1]
   * @return a new plan
   */
  public OptimalBrainSurgeon refresh(double fraction) {
    return new OptimalBrainSurgeon(data, loss, goal, damping, fraction);
  }

  /**
   * Operates on a network.
   *
   * @param network the network; it stays as it is
   * @return a copy without the weights that went, the others adjusted
   * @throws IllegalArgumentException if no data were given, the goal asks for more than is left, or
   *     more than {@link Hessian#MOST} parameters are left
   * @throws DivergedException if weights or loss grow beyond finite numbers
   */
  public Operated prune(Network network) {
    Argument.require("network", network);
    network.requireFree();
    Samples samples =
        data.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "obs() needs the inverse Hessian, found no data; call"
                        + " .data(digits().train()) before prune(network)"));
    int kept = Math.toIntExact(network.mask().kept());
    int more =
        goal.more(
            kept, Math.toIntExact(network.mask().size()), String.join(", ", network.layers()));
    List<Deletion> deletions = new ArrayList<>();
    Network present = network;
    while (deletions.size() < more) {
      Interrupts.check();
      int share = (int) Math.rint(refresh * (kept - deletions.size()));
      int count = Math.min(more - deletions.size(), Math.max(1, share));
      InverseHessian inverse = Hessian.of(present, samples, loss).inverse(damping);
      present = new Stage(present, inverse).delete(count, deletions);
      requireFinite(present, samples, deletions.size());
    }
    return new Operated(present, deletions);
  }

  /** Stops an operation whose numbers are not finite. */
  void requireFinite(Network present, Samples samples, int deleted) {
    double found =
        present.finite() ? Hessian.of(present, samples, loss).loss() : Double.POSITIVE_INFINITY;
    if (!Double.isFinite(found)) {
      throw new DivergedException(
          "obs() diverged after %,d deletions: the loss is %s; take more damping than %s, a new Hessian more often than refresh(%s), or more samples than %,d"
              .formatted(deleted, found, damping, refresh, samples.size()));
    }
  }

  /** Deletions under one Hessian. */
  private static final class Stage {
    private final Network network;
    private final Coordinates coordinates;
    private final InverseHessian inverse;
    private final int[] places;

    /** The layer of each parameter that may be deleted, null for others. */
    private final String[] layers;

    Stage(Network network, InverseHessian inverse) {
      this.network = network;
      this.inverse = inverse;
      this.coordinates = Coordinates.of(network);
      this.places = inverse.places();
      this.layers = new String[places.length];
      for (LayerMask layer : network.mask().layers()) {
        for (int survivor : layer.survivors()) {
          int place = coordinates.first(layer.name()) + survivor;
          layers[Arrays.binarySearch(places, place)] = layer.name();
        }
      }
    }

    Network delete(int count, List<Deletion> deletions) {
      double[] all = coordinates.values(network);
      double[] values = Arrays.stream(places).mapToDouble(place -> all[place]).toArray();
      Map<String, LayerMask> masks = new LinkedHashMap<>();
      network.mask().layers().forEach(layer -> masks.put(layer.name(), layer));
      for (int i = 0; i < count; i++) {
        int number = least(values);
        String layer = layers[number];
        int index = places[number] - coordinates.first(layer);
        double saliency = inverse.saliency(number, values[number]);
        deletions.add(new Deletion(deletions.size() + 1, layer, index, values[number], saliency));
        inverse.delete(number, values);
        masks.computeIfPresent(layer, (name, mask) -> mask.without(index));
      }
      for (int i = 0; i < places.length; i++) {
        all[places[i]] = values[i];
      }
      return coordinates.revalued(network, all).masked(Mask.of(List.copyOf(masks.values())));
    }

    private int least(double[] values) {
      int best = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int number = 0; number < values.length; number++) {
        if (layers[number] != null && !inverse.deleted(number)) {
          double saliency = inverse.saliency(number, values[number]);
          if (best < 0 || saliency < least) {
            best = number;
            least = saliency;
          }
        }
      }
      return best;
    }
  }
}
