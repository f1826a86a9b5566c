package kerf.benchmark;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kerf.export.Export;
import kerf.export.OnnxFile;
import kerf.integer.Window;
import kerf.model.Network;
import kerf.model.Session;
import kerf.packed.BinaryWeights;
import kerf.packed.PackedConvolution;
import kerf.packed.PackedLinear;
import kerf.packed.SignImages;
import kerf.packed.SignRows;
import kerf.packed.TernaryWeights;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * CPU milliseconds of a layer of bits, from float inputs to float outputs, beside the float layer
 * of the same shape: in plain Java, by the engine and by ONNX Runtime, a thread each. A linear
 * layer of 1024 by 1024 on 16 inputs, and a convolution of 3 by 3 from 128 to 128 channels on an
 * image of 16 by 16. Medians over rounds that take turns.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(1)
public class PackedLayerBenchmark {
  private static final int UNITS = 1024;
  private static final int BATCH = 16;
  private static final int CHANNELS = 128;
  private static final int SIDE = 16;
  private static final int ROUNDS = 15;
  private static final int WARMUP = 15;
  private static final int CALLS = 10;

  /** What is reported besides JMH's score. */
  @AuxCounters(AuxCounters.Type.EVENTS)
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Speed {
    /** Floats in plain Java over bits, linear layer. */
    public double linearJava;

    /** ONNX Runtime's floats over bits, linear layer. */
    public double linearOnnxRuntime;

    /** Floats in plain Java over bits, convolution. */
    public double convolutionJava;

    /** ONNX Runtime's floats over bits, convolution. */
    public double convolutionOnnxRuntime;
  }

  /**
   * Times both layers.
   *
   * @param speed what is reported
   */
  @Benchmark
  public void packed(Speed speed) {
    List<Double> linear = linear();
    List<Double> convolution = convolution();
    speed.linearJava = linear.get(2) / linear.get(0);
    speed.linearOnnxRuntime = linear.get(4) / linear.get(0);
    speed.convolutionJava = convolution.get(2) / convolution.get(0);
    speed.convolutionOnnxRuntime = convolution.get(4) / convolution.get(0);
    print("linear", linear);
    print("convolution", convolution);
  }

  private static void print(String layer, List<Double> times) {
    System.out.printf(
        Locale.ROOT,
        "%s, CPU ms: binary %.3f, ternary %.3f; float: Java %.3f (%.1f times), engine %.3f (%.1f),"
            + " ONNX Runtime %.3f (%.1f)%n",
        layer,
        times.get(0),
        times.get(1),
        times.get(2),
        times.get(2) / times.get(0),
        times.get(3),
        times.get(3) / times.get(0),
        times.get(4),
        times.get(4) / times.get(0));
  }

  private static float[] signs(int count, boolean zeros) {
    RandomStream stream = RandomStream.of(1, "signs");
    float[] signs = new float[count];
    for (int i = 0; i < count; i++) {
      signs[i] = zeros ? stream.nextInt(3) - 1 : 2 * stream.nextInt(2) - 1;
    }
    return signs;
  }

  private static List<Double> linear() {
    float[] x = RandomStream.of(2, "x").gaussians(BATCH * UNITS, 1);
    float[] weights = signs(UNITS * UNITS, false);
    float[] bias = new float[UNITS];
    float[] columns = transposed(weights, UNITS);
    float[] out = new float[BATCH * UNITS];
    PackedLinear binary = new PackedLinear(BinaryWeights.of(weights, UNITS, 1), bias);
    PackedLinear ternary =
        new PackedLinear(TernaryWeights.of(signs(UNITS * UNITS, true), UNITS, 1), bias);
    return timed(
        () -> binary.apply(SignRows.of(x, BATCH)),
        () -> ternary.apply(SignRows.of(x, BATCH)),
        () -> product(x, columns, out, BATCH, UNITS, UNITS),
        Network.of(Linear.builder().setUnits(UNITS).build(), UNITS),
        x,
        new long[] {BATCH, UNITS});
  }

  private static List<Double> convolution() {
    int taps = 9;
    float[] x = RandomStream.of(2, "x").gaussians(CHANNELS * SIDE * SIDE, 1);
    float[] weights = signs(CHANNELS * CHANNELS * taps, false);
    float[] bias = new float[CHANNELS];
    float[] patches = new float[CHANNELS * taps * SIDE * SIDE];
    float[] out = new float[CHANNELS * SIDE * SIDE];
    Window window = Window.square(3, 1).padded(1);
    PackedConvolution binary =
        new PackedConvolution(BinaryWeights.of(weights, CHANNELS, taps), window, bias);
    PackedConvolution ternary =
        new PackedConvolution(
            TernaryWeights.of(signs(weights.length, true), CHANNELS, taps), window, bias);
    Block block =
        Conv2d.builder()
            .setFilters(CHANNELS)
            .setKernelShape(new Shape(3, 3))
            .optPadding(new Shape(1, 1))
            .build();
    return timed(
        () -> binary.apply(SignImages.of(x, 1, CHANNELS, SIDE, SIDE)),
        () -> ternary.apply(SignImages.of(x, 1, CHANNELS, SIDE, SIDE)),
        () -> {
          patches(x, patches);
          product(weights, patches, out, CHANNELS, CHANNELS * taps, SIDE * SIDE);
        },
        Network.of(block, CHANNELS, SIDE, SIDE),
        x,
        new long[] {1, CHANNELS, SIDE, SIDE});
  }

  private static List<Double> timed(
      Runnable binary, Runnable ternary, Runnable java, Network network, float[] x, long[] shape) {
    Path folder = null;
    try (Scope scope = Scope.open()) {
      folder = Files.createTempDirectory("packed");
      Session engine = new Session(scope, network, RandomStream.of(0, "dropout"));
      var inputs = scope.tensor(x, shape);
      Path file = folder.resolve("layer.onnx");
      Export.of(network).onnx(file);
      // Loads the native library as Kerf does.
      OnnxFile.read(file).outputs(x);
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        try (OrtSession session = environment.createSession(Files.readAllBytes(file), options);
            OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape)) {
          String name = session.getInputNames().iterator().next();
          return medians(
              List.of(
                  binary,
                  ternary,
                  java,
                  () -> Scope.passing(() -> engine.forward(inputs, false)),
                  () -> run(session, Map.of(name, tensor))));
        }
      }
    } catch (IOException | OrtException e) {
      throw new IllegalStateException(e);
    } finally {
      delete(folder);
    }
  }

  /** Of the thread's CPU time, each computation in its turn; all compute on the calling thread. */
  private static List<Double> medians(List<Runnable> computations) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<List<Double>> spent = new ArrayList<>();
    computations.forEach(each -> spent.add(new ArrayList<>()));
    for (int round = -WARMUP; round < ROUNDS; round++) {
      for (int i = 0; i < computations.size(); i++) {
        long before = threads.getCurrentThreadCpuTime();
        for (int call = 0; call < CALLS; call++) {
          computations.get(i).run();
        }
        if (round >= 0) {
          spent.get(i).add((threads.getCurrentThreadCpuTime() - before) / 1e6 / CALLS);
        }
      }
    }
    return spent.stream().map(Blocks::median).toList();
  }

  private static void run(OrtSession session, Map<String, OnnxTensor> inputs) {
    try {
      session.run(inputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void delete(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve("layer.onnx"));
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static float[] transposed(float[] square, int side) {
    float[] transposed = new float[square.length];
    for (int i = 0; i < square.length; i++) {
      transposed[i % side * side + i / side] = square[i];
    }
    return transposed;
  }

  /** Rows times a matrix, the innermost loop over neighbours, which the JVM turns into vectors. */
  private static void product(float[] a, float[] b, float[] to, int rows, int inner, int columns) {
    Arrays.fill(to, 0);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < inner; k++) {
        float factor = a[row * inner + k];
        add(factor, b, k * columns, to, row * columns, columns);
      }
    }
  }

  /** By itself, so that it is compiled as a whole, in vectors. */
  private static void add(float factor, float[] b, int from, float[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      to[at + i] += factor * b[from + i];
    }
  }

  private static void patches(float[] x, float[] patches) {
    int at = 0;
    for (int channel = 0; channel < CHANNELS; channel++) {
      for (int tap = 0; tap < 9; tap++) {
        for (int y = 0; y < SIDE; y++) {
          for (int z = 0; z < SIDE; z++) {
            int row = y + tap / 3 - 1;
            int column = z + tap % 3 - 1;
            boolean within = row >= 0 && row < SIDE && column >= 0 && column < SIDE;
            patches[at++] = within ? x[(channel * SIDE + row) * SIDE + column] : 0;
          }
        }
      }
    }
  }
}
