package kerf.slimming;

import kerf.display.Bundle;
import kerf.model.Network;

/** A network from which useless channels were removed, with the report of what was cut. */
public final class Slimmed extends Network {
  private final SlimmingReport report;

  Slimmed(Network network, SlimmingReport report) {
    super(network);
    this.report = report;
  }

  /**
   * Gives the report.
   *
   * @return a row for each layer, and the totals
   */
  public SlimmingReport report() {
    return report;
  }

  @Override
  public Bundle bundle() {
    return report.bundle();
  }
}
