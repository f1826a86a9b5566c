package kerf.slimming;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import kerf.argument.Argument;
import kerf.mask.Mask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.StateDict;
import kerf.trace.Graph;
import kerf.training.Checkpoint;
import kerf.training.OptimizerState;

/**
 * A plan of how to slim: to remove from a pruned network, physically, every channel that its mask
 * has made useless. Immutable: every refinement gives a new plan.
 *
 * <p>A channel is useless if nothing reads it any more, or if it is the same number whatever the
 * input, and the layers that read it can add that number to their biases. All places that it passes
 * are cut together ({@link Coupling}). What is removed changes nothing: the outputs are those of
 * the masked network, and every slimming proves it on a batch.
 *
 * @param multiple a layer keeps a multiple of so many channels, or all
 * @param keep layers that are not cut
 */
public record Slimming(int multiple, Set<String> keep) {
  /**
   * Checks the multiple and copies the layers.
   *
   * @param multiple at least 1
   * @param keep layers that are not cut
   */
  public Slimming {
    Argument.require("keep", keep);
    if (multiple < 1) {
      throw new IllegalArgumentException(
          "channels are rounded to a multiple of at least 1, found " + multiple);
    }
    keep = Collections.unmodifiableSet(new LinkedHashSet<>(keep));
  }

  /**
   * The plan everything starts from: remove all that can go, of every layer.
   *
   * @return the plan with every default filled in
   */
  public static Slimming plan() {
    return new Slimming(1, Set.of());
  }

  /**
   * This plan with layers of a multiple of so many channels, as some hardware likes them: of the
   * channels that could go those with the largest weights stay, until the number is right. A layer
   * never gets more channels than it had.
   *
   * @param other the multiple, such as 8
   * @return a new plan
   */
  public Slimming roundTo(int other) {
    return new Slimming(other, keep);
  }

  /**
   * This plan with more layers left as they are, their inputs too.
   *
   * @param layers the layers' names, such as {@code conv1}
   * @return a new plan
   */
  public Slimming keep(String... layers) {
    Argument.require("layers", layers);
    Set<String> more = new LinkedHashSet<>(keep);
    more.addAll(Arrays.asList(layers));
    return new Slimming(multiple, more);
  }

  /**
   * Slims a network.
   *
   * @param masked a pruned network; it stays as it is
   * @return a smaller network with the same outputs, and the report of what was cut; it carries
   *     what is left of the mask
   * @throws IllegalArgumentException if filters or neurons are pruned whole and none of them can be
   *     removed; the message names the layers that hold them
   */
  public Slimmed slim(Network masked) {
    Argument.require("masked", masked);
    return new Cutting(this, masked).slimmed();
  }

  /**
   * Slims a training under way: the network, and with it what the optimizer remembers.
   *
   * @param masked a checkpoint of a pruned network; it stays as it is
   * @return from where the smaller network trains on
   * @throws IllegalArgumentException as {@link #slim(Network)}
   */
  public Checkpoint slim(Checkpoint masked) {
    Argument.require("masked", masked);
    Cutting cutting = new Cutting(this, masked.network());
    Map<String, Map<String, float[]>> slots = new LinkedHashMap<>();
    masked
        .optimizer()
        .slots()
        .forEach((slot, arrays) -> slots.put(slot, cutting.recipe().slice(arrays)));
    return new Checkpoint(
        masked.iteration(),
        cutting.slimmed(),
        new OptimizerState(masked.optimizer().steps(), slots));
  }

  /**
   * Gives the slim architecture alone, to train it from scratch: the controls Scratch-E and
   * Scratch-B of Liu et al. 2019, "Rethinking the Value of Network Pruning".
   *
   * @param architecture the architecture that was pruned
   * @param mask what was kept of it
   * @return the architecture of the slim network, its weights starting as in the original
   * @throws IllegalArgumentException as {@link #slim(Network)}
   */
  public Architecture slim(Architecture architecture, Mask mask) {
    Argument.require("architecture", architecture);
    Argument.require("mask", mask);
    return slim(architecture.initialize(0).masked(mask)).architecture();
  }

  /**
   * Reads a slim network that {@link Network#save} wrote, in another process as well: the sizes of
   * its layers are those of the arrays in the file.
   *
   * @param architecture the architecture that was pruned and slimmed
   * @param file an npz or safetensors file
   * @return the slim network, with its mask
   * @throws IllegalArgumentException if the file holds no slim network of that architecture
   */
  public static Network load(Architecture architecture, Path file) {
    Argument.require("architecture", architecture);
    Argument.require("file", file);
    Map<String, long[]> sizes = StateDict.read(file, architecture).shapes(architecture.structure());
    Graph graph = new Resizing(Graph.of(architecture), sizes).graph();
    return Cutting.architecture(architecture, graph).load(file);
  }
}
