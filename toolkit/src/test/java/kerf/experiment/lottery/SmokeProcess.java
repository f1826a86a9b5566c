package kerf.experiment.lottery;

import java.nio.file.Path;
import kerf.experiment.Length;

/** Runs the smoke experiment in a process of its own, to be killed. */
final class SmokeProcess {
  private SmokeProcess() {}

  public static void main(String[] args) {
    Lottery.of(Preset.PAPER, Length.SMOKE).home(Path.of(args[0])).run();
  }
}
