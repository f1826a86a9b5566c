package kerf.golden;

import java.util.Map;
import kerf.granularity.Granularity;
import kerf.mask.LayerMask;
import kerf.mask.Mask;
import kerf.pruning.Pruning;
import kerf.storage.ElementType;
import kerf.storage.Npy;

/** Patterns and schedules of pruning papers. */
final class PaperPruningRunners {
  private PaperPruningRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of("paper.n_m_mask", PaperPruningRunners::pattern);

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
}
