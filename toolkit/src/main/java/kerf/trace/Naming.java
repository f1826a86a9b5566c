package kerf.trace;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import kerf.model.ParameterSpec;

/** Names for recorded calls: the layer's where there is one, else the kind and its number. */
final class Naming {
  private final Map<String, String> layers;
  private final Map<String, Integer> counts = new HashMap<>();
  private final Set<String> taken;
  private final Set<String> used = new HashSet<>();

  private Naming(List<ParameterSpec> parameters) {
    layers =
        parameters.stream().collect(Collectors.toMap(ParameterSpec::name, ParameterSpec::layer));
    taken = new HashSet<>(layers.values());
  }

  /** Makes a graph of those calls that the output comes from. */
  static Graph graph(List<Tracer.Call> calls, int output, List<ParameterSpec> parameters) {
    BitSet needed = needed(calls, output);
    Naming naming = new Naming(parameters);
    Map<Integer, String> names = new HashMap<>();
    List<Node> nodes = new ArrayList<>();
    for (int place = 0; place < calls.size(); place++) {
      if (needed.get(place)) {
        Tracer.Call call = calls.get(place);
        names.put(place, naming.name(call.operator()));
        List<String> inputs = call.inputs().stream().map(names::get).toList();
        nodes.add(new Node(names.get(place), call.operator(), inputs, call.shape()));
      }
    }
    return new Graph(nodes, names.get(output), parameters);
  }

  private static BitSet needed(List<Tracer.Call> calls, int output) {
    BitSet needed = new BitSet();
    needed.set(0);
    needed.set(output);
    for (int place = output; place > 0; place--) {
      if (needed.get(place)) {
        calls.get(place).inputs().forEach(needed::set);
      }
    }
    return needed;
  }

  private String name(Operator operator) {
    if (operator instanceof Input) {
      return operator.word();
    }
    if (!operator.parameters().isEmpty()) {
      String layer = layers.get(operator.parameters().get(0));
      String name = layer;
      for (int use = 2; !used.add(name); use++) {
        name = layer + "_" + use;
      }
      return name;
    }
    String name;
    do {
      name = operator.word() + counts.merge(operator.word(), 1, Integer::sum);
    } while (taken.contains(name) || !used.add(name));
    return name;
  }
}
