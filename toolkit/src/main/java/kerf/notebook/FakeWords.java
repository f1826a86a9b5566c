package kerf.notebook;

import kerf.argument.Argument;
import kerf.experiment.Length;
import kerf.experiment.fake.FakeQuantization;
import kerf.experiment.fake.Setting;

/** Words for the experiment of fake quantization. */
class FakeWords extends RepairWords {
  FakeWords() {}

  /**
   * The experiment of Jacob et al. 2018, at the length asked for by whoever started the kernel
   * (quick unless told otherwise).
   *
   * @return the plan
   */
  public static FakeQuantization fakeQuantization() {
    return FakeQuantization.of(Length.asked());
  }

  /**
   * The experiment of Jacob et al. 2018.
   *
   * @param length how much of it to run
   * @return the plan
   */
  public static FakeQuantization fakeQuantization(Length length) {
    Argument.require("length", length);
    return FakeQuantization.of(length);
  }

  /**
   * A setting of that experiment.
   *
   * @param name as its tables name it, such as {@code per channel} or {@code ReLU6}
   * @return the setting
   */
  public static Setting setting(String name) {
    Argument.require("name", name);
    return Setting.named(name);
  }
}
