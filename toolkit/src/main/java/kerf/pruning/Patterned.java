package kerf.pruning;

import java.util.BitSet;
import kerf.granularity.NofM;

/** Which weights go so that of any m neighbours at most n stay. */
final class Patterned {
  private Patterned() {}

  /** Of each run the smallest scores go, of equal ones the first, until n stay. */
  static BitSet gone(Candidates layer, NofM pattern) {
    float[] scores = layer.scores();
    BitSet gone = new BitSet(scores.length);
    pattern.runs(
        layer.layer(),
        layer.shape(),
        (start, stride, length) -> {
          int end = start + stride * length;
          int stay = 0;
          for (int i = start; i < end; i += stride) {
            stay += Float.isNaN(scores[i]) ? 0 : 1;
          }
          for (; stay > pattern.n(); stay--) {
            int least = -1;
            for (int i = start; i < end; i += stride) {
              if (!Float.isNaN(scores[i])
                  && !gone.get(i)
                  && (least < 0 || scores[i] < scores[least])) {
                least = i;
              }
            }
            gone.set(least);
          }
        });
    return gone;
  }
}
