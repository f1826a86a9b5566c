package kerf.pruning;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import kerf.mask.LayerMask;

/** A layer, or layers that lose channels together, with the scores of what may go. */
interface Contender {
  /** The names of the layers. */
  List<String> layers();

  /** How many groups of weights there are in the dense network. */
  int total();

  /** How many groups still keep a weight. */
  int kept();

  /** How many groups may go. */
  int competing();

  /** A score a group, NaN for those that do not compete. */
  float[] scores();

  /** A spread with the kept weights of the layers, too. */
  Spread weights(Spread before, Function<String, float[]> weights);

  /** The masks of the layers without some groups. */
  List<LayerMask> without(BitSet gone);
}
