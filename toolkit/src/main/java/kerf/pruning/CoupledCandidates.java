package kerf.pruning;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import kerf.mask.LayerMask;
import kerf.slimming.Channel;
import kerf.slimming.CoupledLayers;

/**
 * The part that coupled layers take in the competition: their common channels. A channel's score is
 * the mean of the scores of its filters, so that it does not grow with the number of layers.
 */
final class CoupledCandidates implements Contender {
  private final CoupledLayers coupled;
  private final Map<String, Candidates> members;
  private final float[] scores;
  private final int kept;
  private final int competing;

  private CoupledCandidates(
      CoupledLayers coupled,
      Map<String, Candidates> members,
      float[] scores,
      int kept,
      int competing) {
    this.coupled = coupled;
    this.members = members;
    this.scores = scores;
    this.kept = kept;
    this.competing = competing;
  }

  /**
   * Scores the channels.
   *
   * @param coupled the layers that make them
   * @param filters gives a layer's filters with their scores
   */
  static CoupledCandidates of(CoupledLayers coupled, Function<String, Candidates> filters) {
    Map<String, Candidates> members = new LinkedHashMap<>();
    coupled.layers().forEach(layer -> members.put(layer, filters.apply(layer)));
    float[] scores = new float[coupled.channels().size()];
    int kept = 0;
    for (int c = 0; c < scores.length; c++) {
      Spread spread = Spread.NONE;
      for (Channel.Place place : coupled.channels().get(c).filters()) {
        for (int filter : place.offsets()) {
          spread = spread.and(members.get(place.layer()).scores()[filter]);
        }
      }
      kept += spread.count() == 0 ? 0 : 1;
      scores[c] = spread.count() == 0 ? Float.NaN : (float) spread.mean();
    }
    return new CoupledCandidates(coupled, members, scores, kept, kept);
  }

  /** Takes the best channels out of the competition, a fraction of all. */
  CoupledCandidates protectedBy(double floor) {
    return Candidates.protect(this, floor)
        .map(
            free ->
                new CoupledCandidates(
                    coupled, members, Candidates.only(free, scores), kept, free.cardinality()))
        .orElse(this);
  }

  @Override
  public List<String> layers() {
    return coupled.layers();
  }

  @Override
  public int total() {
    return scores.length;
  }

  @Override
  public int kept() {
    return kept;
  }

  @Override
  public int competing() {
    return competing;
  }

  @Override
  public float[] scores() {
    return scores;
  }

  @Override
  public Spread weights(Spread before, Function<String, float[]> weights) {
    Spread spread = before;
    for (Candidates member : members.values()) {
      spread = member.weights(spread, weights);
    }
    return spread;
  }

  @Override
  public List<LayerMask> without(BitSet gone) {
    Map<String, BitSet> filters = new LinkedHashMap<>();
    members.keySet().forEach(layer -> filters.put(layer, new BitSet()));
    gone.stream()
        .mapToObj(channel -> coupled.channels().get(channel))
        .flatMap(channel -> channel.filters().stream())
        .forEach(place -> place.offsets().forEach(filters.get(place.layer())::set));
    List<LayerMask> masks = new ArrayList<>();
    members.forEach((layer, member) -> masks.addAll(member.without(filters.get(layer))));
    return masks;
  }
}
