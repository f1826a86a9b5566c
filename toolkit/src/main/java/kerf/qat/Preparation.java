package kerf.qat;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.quantization.Assignment;
import kerf.quantization.Folding;
import kerf.quantization.LowBits;
import kerf.scheme.IntegerFormat;
import kerf.scheme.LowBitFormat;
import kerf.scheme.Mapping;
import kerf.scheme.PaletteFormat;
import kerf.scheme.TernaryFormat;
import kerf.sharing.Clustering;
import kerf.trace.BatchNorm;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;
import kerf.trace.OwnOperator;
import kerf.trace.Pooling;

/** Rewrites a network's graph so that it computes with rounded numbers and can be trained. */
final class Preparation {
  private final Qat plan;
  private final Network network;
  private final Graph original;
  private final Network foldedNetwork;
  private final Graph folded;
  private final Map<String, float[]> starts = new HashMap<>();
  private Graph graph;

  Preparation(Qat plan, Network network) {
    this.plan = plan;
    this.network = network;
    this.original = Graph.of(network);
    if (original.nodes().stream().anyMatch(n -> n.operator().inner() != n.operator())) {
      throw new IllegalArgumentException(
          "%s is prepared for quantization-aware training already; prepare the float network, or train this one on with training()"
              .formatted(network.architecture().describe()));
    }
    this.foldedNetwork = Folding.fold(network);
    this.folded = Graph.of(foldedNetwork);
    this.graph = original;
  }

  Network prepared() {
    Assignment assignment = plan.quantization().assign(folded);
    requireSomething(assignment);
    for (Node node : original.nodes()) {
      if (node.operator() instanceof BatchNorm norm) {
        replace(node, new FreezableBatchNorm(norm, Switch.STATE));
      } else {
        for (String weight : node.operator().weights()) {
          if (assignment.weights().get(weight) instanceof IntegerFormat format) {
            quantizeWeights(node, weight, format);
          }
        }
        shareWeights(node, assignment);
        keepLatent(node, assignment);
      }
    }
    assignment.points().forEach(this::quantizeOutput);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (ParameterSpec spec : graph.parameters()) {
      boolean own = original.parameters().contains(spec);
      float[] start = starts.getOrDefault(spec.name(), new float[spec.size()]);
      values.put(spec.name(), own ? network.values(spec.name()) : start);
    }
    return new Network(
            graph.architecture(
                "qat " + network.architecture().describe(),
                network.architecture().initialization()),
            values)
        .masked(network.mask());
  }

  private void requireSomething(Assignment assignment) {
    if (assignment.weights().isEmpty()) {
      throw new IllegalArgumentException(
          "nothing of %s is left to quantize; leave out keepFloat, or add .ends(), which quantizes %s too"
              .formatted(
                  network.architecture().describe(),
                  plan.quantization().scheme().weights() instanceof LowBitFormat
                      ? "the first and the last layer"
                      : "a first convolution of few channels"));
    }
  }

  private void quantizeWeights(Node node, String weight, IntegerFormat format) {
    ParameterSpec spec = original.parameter(weight);
    Optional<Fold> fold = fold(node);
    WeightRange range = plan.weightRange(spec.layer());
    Shape shape = new Shape(spec.shape());
    QuantizedLayer layer =
        new QuantizedLayer(node.operator(), weight, shape, format, range, fold, Switch.STATE);
    long rows = RoundingScript.rows(format, shape);
    if (range instanceof WeightRange.Moving moving) {
      replace(node, layer, state(moving.range(), spec.layer(), 2, rows));
    } else if (range instanceof WeightRange.Learned learned) {
      requireSymmetric(spec.layer(), format);
      replace(node, layer, step(learned.step(), spec.layer(), rows));
      starts.put(learned.step(), steps(weight, format, (int) rows));
    } else {
      replace(node, layer);
    }
  }

  private void shareWeights(Node node, Assignment assignment) {
    List<SharedLayer.Shared> shared = new ArrayList<>();
    List<ParameterSpec> added = new ArrayList<>();
    for (String weight : node.operator().weights()) {
      if (assignment.weights().get(weight) instanceof PaletteFormat format) {
        Optional<Fold> fold = fold(node);
        float[] values = (fold.isPresent() ? foldedNetwork : network).values(weight);
        Clustering clusters = Clustering.of(values, 1 << format.bits(), format.start());
        // A layer of zeros has nothing to share.
        if (clusters.centroids().length > 0) {
          ParameterSpec spec = original.parameter(weight);
          String centroids = weight + ".centroids";
          String labels = weight + ".labels";
          added.add(step(centroids, spec.layer(), clusters.centroids().length));
          added.add(state(labels, spec.layer(), spec.shape()));
          starts.put(centroids, clusters.centroids());
          starts.put(labels, labels(clusters));
          shared.add(
              new SharedLayer.Shared(
                  weight, new Shape(spec.shape()), format.bits(), centroids, labels, fold));
        }
      }
    }
    if (!shared.isEmpty()) {
      replace(node, new SharedLayer(node.operator(), shared), added.toArray(ParameterSpec[]::new));
    }
  }

  /** Batch normalization is not folded: the values are those of the layer itself. */
  private void keepLatent(Node node, Assignment assignment) {
    List<LowBitLayer.Weight> latent = new ArrayList<>();
    List<ParameterSpec> added = new ArrayList<>();
    for (String weight : node.operator().weights()) {
      if (assignment.weights().get(weight) instanceof LowBitFormat format) {
        ParameterSpec spec = original.parameter(weight);
        LowBits.requireKept(network, spec.layer(), format);
        Optional<String> levels = Optional.empty();
        if (format instanceof TernaryFormat ternary && ternary.trains()) {
          ParameterSpec own = step(weight + ".levels", spec.layer(), 2);
          added.add(own);
          starts.put(own.name(), ternary.levels(network.values(weight)));
          levels = Optional.of(own.name());
        }
        latent.add(new LowBitLayer.Weight(weight, format, levels));
      }
    }
    if (!latent.isEmpty()) {
      replace(node, new LowBitLayer(node.operator(), latent), added.toArray(ParameterSpec[]::new));
    }
  }

  /** Labels as floats, which states are; a weight of 0 has one that it does not use. */
  private static float[] labels(Clustering clusters) {
    int[] labels = clusters.labels();
    float[] floats = new float[labels.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = Math.max(0, labels[i]);
    }
    return floats;
  }

  private Optional<Fold> fold(Node node) {
    return plan.folded()
        ? foldedInto(node.name())
            .map(norm -> (BatchNorm) norm.operator())
            .map(norm -> new Fold(norm.scale(), norm.runningVariance(), norm.epsilon()))
        : Optional.empty();
  }

  private static void requireSymmetric(String layer, IntegerFormat format) {
    if (format.mapping() != Mapping.SYMMETRIC || format.min() >= 0) {
      throw new IllegalArgumentException(
          "learned steps need weights that are signed and symmetric, found %s for %s; use int8().restricted()"
              .formatted(format, layer));
    }
  }

  /** Where the scales of weights start: Esser et al. 2020, section 2.1. */
  private float[] steps(String weight, IntegerFormat format, int rows) {
    float[] weights = foldedNetwork.values(weight);
    int each = weights.length / rows;
    float[] steps = new float[rows];
    for (int row = 0; row < rows; row++) {
      double sum = 0;
      for (int i = row * each; i < (row + 1) * each; i++) {
        sum += Math.abs(weights[i]);
      }
      steps[row] = (float) (2 * sum / each / Math.sqrt(format.max()));
    }
    return steps;
  }

  /** The batch normalization that folding takes into a layer. */
  private Optional<Node> foldedInto(String layer) {
    List<Node> readers = original.readers(layer);
    return readers.stream()
        .filter(reader -> reader.operator() instanceof BatchNorm)
        .filter(reader -> folded.nodes().stream().noneMatch(n -> n.name().equals(reader.name())))
        .findFirst();
  }

  private void quantizeOutput(String point, IntegerFormat format) {
    String node = foldedInto(point).map(Node::name).orElse(point);
    OwnOperator operator;
    List<ParameterSpec> specs;
    if (plan.learns()) {
      ParameterSpec step = step(point + ".step", point, 1);
      ParameterSpec zero = state(point + ".zeroPoint", point, 1);
      operator = new LearnedFakeQuantize(step.name(), zero.name(), Switch.STATE, format);
      specs = List.of(step, zero, switches());
    } else {
      ParameterSpec range = state(point + ".range", point, 2, 1);
      operator = new RunningFakeQuantize(range.name(), Switch.STATE, format, plan.averaging());
      specs = List.of(range, switches());
    }
    graph =
        graph.inserted(
            behindMaxima(node),
            point + ".quantized",
            operator,
            missing(specs.toArray(ParameterSpec[]::new)));
  }

  /** Rounding never changes which of two numbers is greater, so the fewer maxima are rounded. */
  private String behindMaxima(String node) {
    String at = node;
    List<Node> readers = graph.readers(at);
    while (readers.size() == 1
        && !graph.output().equals(at)
        && readers.get(0).operator() instanceof Pooling pooling
        && pooling.kind() == Pooling.Kind.MAXIMUM) {
      at = readers.get(0).name();
      readers = graph.readers(at);
    }
    return at;
  }

  private void replace(Node node, Operator operator, ParameterSpec... added) {
    ParameterSpec[] all = Arrays.copyOf(added, added.length + 1);
    all[added.length] = switches();
    boolean used = operator.parameters().contains(Switch.STATE);
    graph = graph.replaced(node.name(), operator, missing(used ? all : added));
  }

  private ParameterSpec[] missing(ParameterSpec... specs) {
    return Arrays.stream(specs)
        .filter(spec -> !graph.parameters().contains(spec))
        .toArray(ParameterSpec[]::new);
  }

  private static ParameterSpec switches() {
    return state(Switch.STATE, "qat", Switch.values().length);
  }

  private static ParameterSpec step(String name, String layer, long rows) {
    return new ParameterSpec(name, layer, ParameterSpec.Role.OTHER, rows);
  }

  private static ParameterSpec state(String name, String layer, long... shape) {
    return new ParameterSpec(name, layer, ParameterSpec.Role.STATE, shape);
  }
}
