package kerf.notebook;

import ai.djl.ndarray.types.Shape;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import kerf.data.Dataset;
import kerf.data.Samples;
import kerf.display.Progress;
import kerf.experiment.Length;
import kerf.experiment.Results;
import kerf.measure.Allocation;
import kerf.measure.Metrics;
import kerf.model.Network;
import kerf.model.SmallNets;
import kerf.plot.Plot;
import kerf.qat.Qat;
import kerf.quantization.PackedNetwork;
import kerf.quantization.Quantized;
import kerf.quantization.WidthAllocation;
import kerf.training.Training;
import tech.tablesaw.api.Table;

/**
 * A value of each type that public methods take or belong to: given here, or returned by a public
 * method that takes examples alone.
 */
final class Examples {
  static final Dataset DIGITS = Kerf.digits();
  static final Samples SAMPLES = DIGITS.train().first(64);
  static final Training SHORT = Kerf.training().until(Kerf.iterations(2));
  static final Network NETWORK =
      SHORT.train(
          Network.of(
              SmallNets.chain(
                  SmallNets.conv(4, 1),
                  SmallNets.bn(),
                  SmallNets.relu(),
                  SmallNets.flat(),
                  SmallNets.fc(10)),
              1,
              8,
              8),
          DIGITS);

  private static final Map<Class<?>, Optional<Object>> FOUND = new LinkedHashMap<>();
  private static final Set<Class<?>> SEARCHED = new HashSet<>();

  static {
    Stream.of(
            NETWORK,
            NETWORK.architecture(),
            DIGITS,
            SAMPLES,
            SHORT,
            Kerf.qat().training(SHORT),
            Kerf.mlp(64, 10),
            Kerf.characterCard(Kerf.tinyShakespeare(64).test()),
            Kerf.maskOverlap(NETWORK.mask(), NETWORK.mask()),
            Kerf.quantization().calibrateOn(SAMPLES).quantize(NETWORK),
            signs(),
            Kerf.filters().groups("conv1", 4, 1, 3, 3),
            Kerf.connections().recipes().values().iterator().next(),
            Kerf.quantization()
                .calibrateOn(SAMPLES)
                .quantize(NETWORK)
                .form()
                .forms()
                .values()
                .iterator()
                .next(),
            // Written here, lest onnx(String) writes a file of the name of a layer.
            Kerf.export(NETWORK).rounds(0).onnx(Path.of("target", "examples.onnx")),
            new Allocation(Kerf.pruning(), List.of(), 0),
            new WidthAllocation(Kerf.quantization(), List.of(), 0, "loss"),
            new Metrics(List.of()),
            Path.of("target", "nothing.file"),
            "conv1",
            1,
            1L,
            0.5,
            0.5f,
            true,
            new BitSet(),
            FloatBuffer.allocate(64),
            new Shape(1, 8, 8),
            SmallNets.relu(),
            List.of(),
            Map.of(),
            Progress.start("examples", 1),
            Table.create("empty"),
            Length.QUICK,
            new long[] {1},
            new int[] {1},
            new float[] {1},
            new double[] {1},
            new boolean[] {true},
            new byte[] {1},
            new float[][] {{1}},
            new String[] {"conv1"},
            new Integer[] {1},
            new Network[] {NETWORK},
            new Plot[0])
        .forEach(value -> FOUND.put(value.getClass(), Optional.of(value)));
  }

  private Examples() {}

  private static PackedNetwork signs() {
    Network net = Kerf.mlp(64, 8, 8, 10).initialize(1);
    Network prepared = Kerf.qat().weights(Kerf.binary()).binaryInputs().prepare(net);
    return PackedNetwork.of(Quantized.of(net, Qat.convert(prepared)));
  }

  static Object of(Class<?> type) {
    return find(type)
        .orElseThrow(() -> new IllegalStateException("give Examples one of " + type.getName()));
  }

  private static Optional<Object> find(Class<?> asked) {
    Class<?> type = MethodType.methodType(asked).wrap().returnType();
    Optional<Object> known =
        FOUND.values().stream().flatMap(Optional::stream).filter(type::isInstance).findFirst();
    if (known.isPresent() || !SEARCHED.add(type)) {
      return known;
    }
    Optional<Object> made = made(type);
    FOUND.put(type, made);
    return made;
  }

  private static Optional<Object> made(Class<?> type) {
    if (type.isEnum()) {
      return Optional.of(type.getEnumConstants()[0]);
    }
    if (type.isArray()) {
      return Optional.of(Array.newInstance(type.getComponentType(), 0));
    }
    if (Results.class.isAssignableFrom(type)) {
      return empty(type);
    }
    if (type.isAnnotationPresent(FunctionalInterface.class)) {
      return Optional.of(
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
    return PublicMethods.all().methods().stream()
        .filter(method -> type.isAssignableFrom(method.getReturnType()))
        .flatMap(method -> call(method).stream())
        .findFirst();
  }

  /** The results of an experiment of which nothing was run. */
  private static Optional<Object> empty(Class<?> type) {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    return call(constructor.getParameterTypes(), constructor::newInstance);
  }

  private static Optional<Object> call(Method method) {
    if (Modifier.isStatic(method.getModifiers())) {
      return call(method.getParameterTypes(), arguments -> method.invoke(null, arguments));
    }
    return find(method.getDeclaringClass())
        .flatMap(
            receiver ->
                call(method.getParameterTypes(), arguments -> method.invoke(receiver, arguments)));
  }

  private static Optional<Object> call(Class<?>[] types, Call call) {
    List<Optional<Object>> arguments = Stream.of(types).map(Examples::find).toList();
    if (arguments.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(call.with(arguments.stream().map(Optional::get).toArray()));
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  /** A method or a constructor. */
  private interface Call {
    Object with(Object[] arguments) throws ReflectiveOperationException;
  }
}
