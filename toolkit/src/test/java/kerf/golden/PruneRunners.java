package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.Criterion;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.granularity.Norm;
import kerf.granularity.Scope;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import kerf.storage.ElementType;
import kerf.storage.Npy;

/** The operations of {@code torch.nn.utils.prune} that need no training. */
final class PruneRunners {
  private static final String WEIGHT = "weight";

  private PruneRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "prune.l1_unstructured", golden -> single(golden, "l1_unstructured"),
          "prune.random_unstructured", golden -> single(golden, "random_unstructured"),
          "prune.ln_structured", golden -> single(golden, "ln_structured"),
          "prune.random_structured", golden -> single(golden, "random_structured"),
          "prune.custom_from_mask", PruneRunners::customFromMask,
          "prune.global_unstructured", PruneRunners::global,
          "prune.iterative", PruneRunners::iterative,
          "prune.remove", PruneRunners::remove,
          "prune.error", PruneRunners::error);

  private static Map<String, Npy> single(GoldenCase golden, String method) {
    Npy weight = golden.input(WEIGHT);
    JsonElement scores = golden.params().get("importance_scores");
    float[] ranked = scores == null ? weight.floats() : golden.input(scores.getAsString()).floats();
    LayerMask dense = LayerMask.ones(WEIGHT, weight.shape());

    LayerMask mask = step(dense, ranked, method, golden.params());

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("mask", bytes(mask));
    results.put("weight_masked", masked(mask, weight));
    results.put("zeros", count(mask.size() - mask.kept()));
    if (golden.params().has("dim")) {
      Groups groups = granularity(golden.params()).groups(WEIGHT, weight.shape());
      int alive = groups.holding(mask.survivors()).length;
      results.put("channels_pruned", count(groups.count() - alive));
      if (golden.params().has("n")) {
        float[] norms = groups.norms(weight.floats(), norm(golden.params()));
        results.put("norms", Npy.of(new long[] {norms.length}, norms));
      }
    }
    return results;
  }

  private static Map<String, Npy> customFromMask(GoldenCase golden) {
    Npy weight = golden.input(WEIGHT);
    LayerMask mask = LayerMask.ones(WEIGHT, weight.shape()).and(own(golden, "custom_mask"));
    return Map.of("mask", bytes(mask), "weight_masked", masked(mask, weight));
  }

  private static Map<String, Npy> iterative(GoldenCase golden) {
    Npy weight = golden.input(WEIGHT);
    LayerMask mask = LayerMask.ones(WEIGHT, weight.shape());
    Map<String, Npy> results = new LinkedHashMap<>();
    int number = 0;
    for (JsonElement element : golden.param("steps").getAsJsonArray()) {
      JsonObject step = element.getAsJsonObject();
      String method = step.get("method").getAsString();
      mask =
          method.equals("custom_from_mask")
              ? mask.and(own(golden, step.get("mask").getAsString()))
              : step(mask, weight.floats(), method, step);
      results.put("mask_step" + ++number, bytes(mask));
    }
    results.put("weight_masked", masked(mask, weight));
    return results;
  }

  private static Map<String, Npy> global(GoldenCase golden) {
    List<LayerMask> dense = new ArrayList<>();
    Map<String, float[]> ranked = new LinkedHashMap<>();
    JsonObject scores = golden.params().getAsJsonObject("importance_scores");
    for (JsonElement element : golden.param("tensors").getAsJsonArray()) {
      String tensor = element.getAsString();
      dense.add(LayerMask.ones(tensor, golden.input(tensor).shape()));
      boolean own = scores != null && scores.has(tensor);
      ranked.put(tensor, golden.input(own ? scores.get(tensor).getAsString() : tensor).floats());
    }
    assertThat(golden.param("method").getAsString()).isEqualTo("l1");
    Mask mask = Mask.of(dense);
    List<JsonElement> amounts = golden.param("amounts").getAsJsonArray().asList();
    Map<String, Npy> results = new LinkedHashMap<>();
    for (int call = 0; call < amounts.size(); call++) {
      Goal goal = goal(amounts.get(call), (int) mask.kept());
      mask = Pruning.plan().scope(Scope.GLOBAL).goal(goal).mask(mask, ranked);
      String prefix = amounts.size() == 1 ? "" : "step" + (call + 1) + "_";
      for (int i = 0; i < dense.size(); i++) {
        results.put(prefix + "mask" + i, bytes(mask.layers().get(i)));
      }
    }
    return results;
  }

  private static Map<String, Npy> remove(GoldenCase golden) {
    Npy weight = golden.input(WEIGHT);
    LayerMask dense = LayerMask.ones(WEIGHT, weight.shape());
    LayerMask mask = step(dense, weight.floats(), "l1_unstructured", golden.params());
    float[] moved = weight.floats();
    float by = golden.param("added_to_orig_before_remove").getAsFloat();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by;
    }
    return Map.of("weight_after", Npy.of(weight.shape(), mask.apply(moved)));
  }

  private static Map<String, Npy> error(GoldenCase golden) {
    Npy weight = golden.input(WEIGHT);
    LayerMask dense = LayerMask.ones(WEIGHT, weight.shape());
    float[] values = weight.floats();
    String method = golden.param("method").getAsString();

    assertThatThrownBy(() -> step(dense, values, method, golden.params()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(", found ");
    return Map.of("weight_after", Npy.of(weight.shape(), values));
  }

  /** One call on one parameter, which may be pruned already. */
  private static LayerMask step(
      LayerMask present, float[] values, String method, JsonObject params) {
    Granularity granularity = granularity(params);
    Criterion criterion =
        switch (method) {
          case "l1_unstructured" -> Criterion.magnitude();
          case "ln_structured" -> Criterion.magnitude(norm(params));
          case "random_unstructured", "random_structured" -> Criterion.random(7);
          default -> throw new IllegalArgumentException("unknown method " + method);
        };
    int alive =
        granularity.groups(present.name(), present.shape()).holding(present.survivors()).length;
    return Pruning.plan()
        .criterion(criterion)
        .granularity(granularity)
        .goal(goal(params.get("amount"), alive))
        .mask(Mask.of(present), Map.of(present.name(), values))
        .layer(present.name());
  }

  /** One call of {@code l1_unstructured} on a dense layer of a network. */
  static LayerMask smallest(Network network, String layer, JsonElement amount) {
    JsonObject params = new JsonObject();
    params.add("amount", amount);
    LayerMask dense = LayerMask.ones(layer, network.shape(layer));
    return step(dense, network.weights(layer), "l1_unstructured", params);
  }

  private static Granularity granularity(JsonObject params) {
    return params.has("dim")
        ? Granularity.slices(params.get("dim").getAsInt())
        : Granularity.weights();
  }

  private static Norm norm(JsonObject params) {
    String order = params.get("n").getAsString();
    return new Norm(Double.parseDouble(order.replace("inf", "Infinity")));
  }

  /** As in Python, 1 is a count and 1.0 a fraction; here nobody may ask for a fraction of 1. */
  private static Goal goal(JsonElement amount, int alive) {
    String text = amount.getAsString();
    if (text.matches("-?[0-9]+")) {
      return Goal.count(amount.getAsInt());
    }
    return amount.getAsDouble() == 1 ? Goal.count(alive) : Goal.amount(amount.getAsDouble());
  }

  private static LayerMask own(GoldenCase golden, String name) {
    Npy mask = golden.input(name);
    return LayerMask.of(WEIGHT, mask.shape(), mask.bytes());
  }

  private static Npy bytes(LayerMask mask) {
    return Npy.of(ElementType.UINT8, mask.shape(), mask.bytes());
  }

  private static Npy masked(LayerMask mask, Npy weight) {
    return Npy.of(weight.shape(), mask.apply(weight.floats()));
  }

  private static Npy count(int value) {
    return Npy.of(new long[] {1}, new long[] {value});
  }
}
