package kerf.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.model.Architecture;
import kerf.model.Fit;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ArrayDigest;
import kerf.storage.Npy;
import kerf.tensor.Scope;
import kerf.trace.Graph;

/**
 * Knowledge distillation: a student learns from a teacher's outputs besides the labels. G. Hinton,
 * O. Vinyals and J. Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2.
 *
 * <p>With the teacher's and the student's softmax p and q at temperature T, the loss is {@code
 * weight T² KL(p, q) + (1 - weight) H}, where H is the cross entropy with the labels at temperature
 * 1; both are means over the batch. Each {@link Feature} adds its weight times the mean squared
 * difference of a layer's outputs: A. Romero et al., "FitNets", ICLR 2015, equation 3, without a
 * regressor. The teacher computes each batch as in inference.
 *
 * @param teacher a trained classifier of the student's inputs and classes; it stays as it is
 * @param temperature T, above 0
 * @param weight of the teacher's outputs against the labels, in [0, 1]
 * @param features layers whose outputs are to be alike
 */
public record Distillation(
    Network teacher, double temperature, double weight, List<Feature> features) implements Loss {
  private static final int DIGITS = 12;

  /**
   * Two layers whose outputs are to be alike.
   *
   * @param student a node of the student's graph, such as {@code relu1}
   * @param teacher a node of the teacher's graph with an output of the same shape
   * @param weight the factor of their mean squared difference, above 0
   */
  public record Feature(String student, String teacher, double weight) {
    /**
     * Checks the factor.
     *
     * @param student a node of the student's graph
     * @param teacher a node of the teacher's graph
     * @param weight the factor of their mean squared difference, above 0
     */
    public Feature {
      Argument.require("student", student);
      Argument.require("teacher", teacher);
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "the weight of a feature must be above 0 and finite, found " + weight);
      }
    }

    @Override
    public String toString() {
      return "%s from %s: %s".formatted(student, teacher, weight);
    }
  }

  /**
   * Checks the values.
   *
   * @param teacher a trained classifier
   * @param temperature T, above 0
   * @param weight of the teacher's outputs against the labels, in [0, 1]
   * @param features layers whose outputs are to be alike
   */
  public Distillation {
    Argument.require("teacher", teacher);
    teacher.requireFinite();
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature must be above 0 and finite, found %s; 2 to 20 are usual"
              .formatted(temperature));
    }
    if (!(weight >= 0 && weight <= 1)) {
      throw new IllegalArgumentException(
          "the teacher's weight must be a fraction in [0, 1], found %s%s"
              .formatted(
                  weight,
                  weight > 1 && weight <= 100
                      ? "; for %s%% write %s".formatted(weight, weight / 100)
                      : ""));
    }
    features = List.copyOf(features);
  }

  /**
   * Learns from a teacher at temperature 4, its outputs weighted 0.9 and the labels 0.1.
   *
   * @param teacher a trained classifier of the student's inputs and classes
   * @return the loss
   */
  public static Distillation of(Network teacher) {
    Argument.require("teacher", teacher);
    return new Distillation(teacher, 4, 0.9, List.of());
  }

  /**
   * Changes the temperature.
   *
   * @param other above 0; the higher, the more the unlikely classes count
   * @return such a loss
   */
  public Distillation temperature(double other) {
    return new Distillation(teacher, other, weight, features);
  }

  /**
   * Changes how much the teacher's outputs count against the labels.
   *
   * @param other in [0, 1]; at 1 the labels do not count, at 0 the teacher's outputs do not
   * @return such a loss
   */
  public Distillation weight(double other) {
    return new Distillation(teacher, temperature, other, features);
  }

  /**
   * Makes the outputs of a layer like those of the teacher's layer of the same name.
   *
   * @param layer a node of both graphs, such as {@code relu1}
   * @param strength the factor of their mean squared difference, above 0
   * @return such a loss
   * @throws IllegalArgumentException if the teacher cannot be traced, or has no such node
   */
  public Distillation feature(String layer, double strength) {
    Argument.require("layer", layer);
    return feature(layer, layer, strength);
  }

  /**
   * Makes the outputs of a layer like those of a layer of the teacher.
   *
   * @param student a node of the student's graph
   * @param layer a node of the teacher's graph with an output of the same shape
   * @param strength the factor of their mean squared difference, above 0
   * @return such a loss
   * @throws IllegalArgumentException if the teacher cannot be traced, or has no such node
   */
  public Distillation feature(String student, String layer, double strength) {
    Argument.require("student", student);
    Argument.require("layer", layer);
    Graph.of(teacher).node(layer);
    List<Feature> more = new ArrayList<>(features);
    more.add(new Feature(student, layer, strength));
    return new Distillation(teacher, temperature, weight, more);
  }

  @Override
  public void requireFits(Architecture network, Samples samples) {
    Argument.require("network", network);
    Argument.require("samples", samples);
    LabelFit.requireClasses("distill(teacher)", 2, network, samples);
    long[] own = network.structure().outputShape();
    long[] taught = teacher.architecture().structure().outputShape();
    if (!Arrays.equals(own, taught)) {
      throw new IllegalArgumentException(
          "a teacher must have the student's classes, found outputs of shape %s from the teacher %s and %s from %s"
              .formatted(
                  Arrays.toString(taught),
                  teacher.architecture().describe(),
                  Arrays.toString(own),
                  network.describe()));
    }
    try {
      Fit.require(teacher, samples);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the teacher must take the student's inputs: " + e.getMessage(), e);
    }
    features.forEach(feature -> requireAlike(feature, network));
  }

  private void requireAlike(Feature feature, Architecture network) {
    var own = Graph.of(network).node(feature.student()).shape();
    var taught = Graph.of(teacher).node(feature.teacher()).shape();
    if (!own.equals(taught)) {
      throw new IllegalArgumentException(
          "features must have the same shape, found %s of %s in %s and %s of %s in the teacher; name two layers of one shape: .feature(student, teacher, weight)"
              .formatted(own, feature.student(), network.describe(), taught, feature.teacher()));
    }
  }

  @Override
  public Arithmetic arithmetic(Scope scope) {
    return new DistillationArithmetic(scope, this);
  }

  /** The teacher's architecture and a digest of its numbers: two trainings of one are two. */
  private String identity() {
    Map<String, Npy> values = new LinkedHashMap<>();
    for (ParameterSpec spec : teacher.architecture().structure().parameters()) {
      values.put(spec.name(), Npy.of(spec.shape(), teacher.values(spec.name())));
    }
    String digest = ArrayDigest.of(values, Map.of());
    return "%s %s"
        .formatted(teacher.architecture().describe(), digest.substring(digest.length() - DIGITS));
  }

  @Override
  public String toString() {
    return "distill(%s, temperature %s, weight %s%s)"
        .formatted(
            identity(), temperature, weight, features.isEmpty() ? "" : ", features " + features);
  }
}
