package kerf.export;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import kerf.measure.Latency;
import kerf.model.Network;
import kerf.model.Session;
import kerf.quantization.Mode;
import kerf.quantization.Quantized;
import kerf.quantization.QuantizedGraph;
import kerf.quantization.WeightForm;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.trace.Graph;

/**
 * The ways to run a network, side by side: by the engine in floats, by the engine with fake
 * quantization, by ONNX Runtime in floats and by ONNX Runtime from the file.
 *
 * <p>What the file gains in speed is its time over that of ONNX Runtime in floats; the engine's own
 * time says nothing of integers.
 */
final class Comparison {
  private static final int LARGE_BATCH = 64;

  private final List<Way> ways;
  private final Way floats;
  private final Material material;

  private Comparison(List<Way> ways, Way floats, Material material) {
    this.ways = ways;
    this.floats = floats;
    this.material = material;
  }

  /** A way to run; has a network or a file, or is a simulation, whose speed means nothing. */
  private record Way(String name, Network network, byte[] file, Answers answers, Answers truth) {
    boolean timed() {
      return network != null || file != null;
    }
  }

  static Comparison of(Network network, QuantizedGraph form, byte[] content, Material material) {
    List<Way> ways = new ArrayList<>();
    Network original = network instanceof Quantized quantized ? quantized.original() : network;
    Answers truth = Answers.of(original, material);
    ways.add(new Way("DJL, float", original, null, truth, null));
    if (!(network instanceof Quantized)) {
      Way floats = runtime("float", content, form.graph(), material, truth);
      ways.add(floats);
      return new Comparison(ways, floats, material);
    }
    Answers simulated = Answers.of(network, material);
    ways.add(new Way("DJL, fake quantization", null, null, simulated, null));
    QuantizedGraph plain = Export.form(original);
    byte[] file = Sealed.bytes(Translation.model(plain));
    Way floats = runtime("float", file, plain.graph(), material, truth);
    ways.add(floats);
    ways.add(runtime(title(form), content, form.graph(), material, simulated));
    return new Comparison(ways, floats, material);
  }

  private static Way runtime(
      String numbers, byte[] file, Graph graph, Material material, Answers truth) {
    Answers answers = Answers.of(file, graph, material);
    return new Way("ONNX Runtime, " + numbers, null, file, answers, truth);
  }

  /** Such as {@code int8, static}. */
  private static String title(QuantizedGraph form) {
    Set<String> kinds = new LinkedHashSet<>();
    for (WeightForm each : form.forms().values()) {
      kinds.add(
          each instanceof WeightForm.Grid grid
              ? (grid.quantizer().format().min() < 0 ? "int" : "uint") + each.bits()
              : each.toString());
    }
    String numbers = kinds.isEmpty() ? "float" : String.join(" and ", kinds);
    return form.mode() == Mode.STATIC && form.points().isEmpty()
        ? numbers
        : numbers + ", " + form.mode();
  }

  List<RunRow> rows(int rounds) {
    List<Double> single = rounds == 0 ? List.of() : latencies(1, rounds);
    List<Double> large = rounds == 0 ? List.of() : latencies(LARGE_BATCH, rounds);
    List<Way> timed = ways.stream().filter(Way::timed).toList();
    int base = timed.indexOf(floats);
    List<RunRow> rows = new ArrayList<>();
    for (Way way : ways) {
      int place = rounds == 0 ? -1 : timed.indexOf(way);
      rows.add(
          new RunRow(
              way.name(),
              way.file() == null ? null : Long.valueOf(way.file().length),
              way.file() == null ? null : Long.valueOf(OnnxFile.gzip(way.file())),
              way.file() == null ? null : Double.valueOf(size(way)),
              way.answers().accuracy(material),
              against(way, way.answers()::agreement),
              against(way, way.answers()::difference),
              place < 0 ? null : single.get(place),
              place < 0 ? null : large.get(place),
              place < 0 ? null : Double.valueOf(single.get(place) / single.get(base)),
              place < 0 ? null : Double.valueOf(large.get(place) / large.get(base))));
    }
    return rows;
  }

  private double size(Way way) {
    return way.file().length / (double) floats.file().length;
  }

  private static Double against(Way way, ToDoubleFunction<Answers> measure) {
    return way.truth() == null ? null : Double.valueOf(measure.applyAsDouble(way.truth()));
  }

  /** Of the ways that are timed, which take turns. */
  private List<Double> latencies(int batch, int rounds) {
    List<AutoCloseable> open = new ArrayList<>();
    List<Runnable> computations = new ArrayList<>();
    float[] inputs = material.inputs(0, batch);
    try (Scope scope = Scope.open()) {
      for (Way way : ways) {
        if (way.file() != null) {
          OnnxSession session = OnnxSession.open(way.file());
          OnnxSession.Inputs own = session.inputs(inputs, batch);
          open.add(own);
          open.add(session);
          computations.add(own::run);
        } else if (way.network() != null) {
          Session session = new Session(scope, way.network(), RandomStream.of(0, "dropout"));
          long[] sample = Graph.of(way.network()).input().shape().getShape();
          NDArray images = scope.tensor(inputs, Answers.batch(batch, sample));
          computations.add(() -> Scope.passing(() -> session.forward(images, false)));
        }
      }
      return Latency.medians(computations, rounds);
    } finally {
      open.forEach(Comparison::close);
    }
  }

  private static void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      throw new IllegalStateException("cannot free what ONNX Runtime holds", e);
    }
  }
}
