package kerf.training;

import java.util.HashMap;
import java.util.Map;
import kerf.data.Dataset;
import kerf.model.Network;

/**
 * What evaluations of a training are still without, and the networks to measure it with: nobody may
 * ever ask for it.
 */
final class Later {
  private final Dataset data;
  private final Loss loss;
  private final Map<Integer, Network> unvalidated = new HashMap<>();
  private final Map<Integer, Network> untested = new HashMap<>();

  Later(Dataset data, Loss loss) {
    this.data = data;
    this.loss = loss;
  }

  /** Leaves both the validation and the test images of an evaluation. */
  void validation(int place, Network network) {
    unvalidated.put(place, network);
    untested.put(place, network);
  }

  /** Leaves the test images. */
  void test(int place, Network network) {
    untested.put(place, network);
  }

  Evaluation validated(int place, Evaluation known) {
    Network network = unvalidated.remove(place);
    return network == null
        ? known
        : known.validated(Evaluator.score(network, data.validation(), loss));
  }

  Evaluation tested(int place, Evaluation known) {
    Network network = untested.remove(place);
    return network == null
        ? known
        : known.tested(Evaluator.score(network, data.test(), loss).accuracy());
  }
}
