package kerf.golden;

import java.util.List;
import java.util.Map;
import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.pruning.Pruning;
import kerf.schedule.Schedule;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.training.Step;

/** Patterns and schedules of pruning papers. */
final class PaperPruningRunners {
  private PaperPruningRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "paper.n_m_mask", PaperPruningRunners::pattern,
          "paper.polynomial_schedule", PaperPruningRunners::schedule);

  private static Map<String, Npy> pattern(GoldenCase golden) {
    Npy weight = golden.input("weight");
    Granularity pattern =
        Granularity.nm(golden.param("n").getAsInt(), golden.param("m").getAsInt());
    LayerMask mask =
        Pruning.plan()
            .granularity(pattern)
            .mask(
                Mask.of(LayerMask.ones("weight", weight.shape())),
                Map.of("weight", weight.floats()))
            .layer("weight");
    return Map.of(
        "mask", Npy.of(ElementType.UINT8, weight.shape(), mask.bytes()),
        "weight_masked", Npy.of(weight.shape(), mask.apply(weight.floats())));
  }

  private static Map<String, Npy> schedule(GoldenCase golden) {
    Schedule schedule =
        Schedule.polynomial(
                golden.param("final_sparsity").getAsDouble(),
                golden.param("exponent").getAsDouble())
            .initial(golden.param("initial_sparsity").getAsDouble())
            .from(Step.iterations(golden.param("begin_step").getAsInt()))
            .until(Step.iterations(golden.param("end_step").getAsInt()))
            .every(Step.iterations(golden.param("frequency").getAsInt()));
    long[] steps = golden.input("step").longs();
    float[] sparsity = new float[steps.length];
    byte[] updates = new byte[steps.length];
    for (int i = 0; i < steps.length; i++) {
      sparsity[i] = (float) schedule.sparsity(steps[i], 1);
      updates[i] = (byte) (schedule.updatesAt(steps[i], 1) ? 1 : 0);
    }
    List<Long> at = schedule.updates(1);
    float[] atUpdates = new float[at.size()];
    for (int i = 0; i < atUpdates.length; i++) {
      atUpdates[i] = (float) schedule.sparsity(at.get(i), 1);
    }
    return Map.of(
        "sparsity", Npy.of(golden.input("step").shape(), sparsity),
        "is_update_step", Npy.of(ElementType.UINT8, golden.input("step").shape(), updates),
        "sparsity_at_updates", Npy.of(new long[] {atUpdates.length}, atUpdates));
  }
}
