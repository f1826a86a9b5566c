package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.connections.Connections;

/** Words for learning both weights and connections. */
class ConnectionsWords extends LotteryWords {
  ConnectionsWords() {}

  /**
   * The experiment of Han et al. 2015, at the length asked for by whoever started the kernel (quick
   * unless told otherwise).
   *
   * @return the plan
   */
  public static Connections connections() {
    return Connections.of(Length.asked());
  }

  /**
   * The experiment of Han et al. 2015.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static Connections connections(Length length) {
    Argument.require("length", length);
    return Connections.of(length);
  }
}
