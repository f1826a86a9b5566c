package kerf.criterion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kerf.model.Network;
import kerf.tensor.Scope;
import kerf.tensor.Script;
import kerf.tensor.Value;
import kerf.trace.Binding;
import kerf.trace.Graph;
import kerf.trace.GraphBlock;
import kerf.trace.Tap;

/**
 * By how much a sample's cross entropy would change, to first order, if a channel of a layer's
 * output became 0: the mean over samples of |the mean over positions of activation times gradient|,
 * a number a channel; in inference mode.
 */
public record ActivationChanges() implements Evidence<float[]> {
  private static final Script SCRIPT =
      Script.compile(
          """
          def gradients(self: __torch__.Kerf, logits: Tensor, labels: Tensor, activations: List[Tensor], sums: List[Tensor]) -> NoneType:
            g = torch.softmax(logits, 1)
            _1 = torch.scatter_(g, 1, torch.unsqueeze(labels, 1), -1., reduce="add")
            found = torch.autograd.grad([logits], activations, annotate(List[Optional[Tensor]], [g]))
            for _2 in range(torch.len(found)):
              _3 = torch.copy_(sums[_2], torch._unwrap_optional(found[_2]))
            return None
          """);

  @Override
  public String name() {
    return "activation gradients";
  }

  @Override
  public Set<Need> needs() {
    return Set.of(Need.DATA);
  }

  @Override
  public Map<String, float[]> find(Subject subject) {
    Network network = subject.network();
    Graph graph = Graph.of(network);
    List<Outlet> outlets = Outlet.of(graph, network);
    Tap usual =
        network.architecture().structure().block() instanceof GraphBlock block
            ? block.tap()
            : Tap.NONE;
    try (Probe probe = Probe.of(network);
        Scope scope = Scope.open()) {
      Map<String, ChannelSums> sums = ChannelSums.of(outlets, scope);
      Probe.batches(
          subject.data(),
          (inputs, labels) -> {
            Map<String, NDArray> passed = new LinkedHashMap<>();
            Tap tap =
                usual.then(
                    (node, output, training) -> {
                      passed.put(node.name(), output);
                      return output;
                    });
            Binding binding = Binding.of(probe.session(), false);
            NDArray logits = Scope.recording(() -> graph.run(inputs, binding, tap));
            NDList activations = new NDList();
            outlets.forEach(outlet -> activations.add(passed.get(outlet.node().name())));
            NDList gradients = gradients(logits, labels, activations);
            for (int i = 0; i < outlets.size(); i++) {
              sums.get(outlets.get(i).layer()).add(activations.get(i), gradients.get(i));
            }
          });
      Map<String, float[]> found = new LinkedHashMap<>();
      sums.forEach((layer, own) -> found.put(layer, own.meanChanges()));
      return found;
    }
  }

  private static NDList gradients(NDArray logits, NDArray labels, NDList activations) {
    NDList gradients = new NDList();
    activations.forEach(array -> gradients.add(array.zerosLike()));
    try (Value outputs = Value.of(logits);
        Value right = Value.of(labels);
        Value by = Value.of(activations);
        Value into = Value.of(gradients)) {
      SCRIPT.call("gradients", outputs, right, by, into).close();
    }
    return gradients;
  }
}
