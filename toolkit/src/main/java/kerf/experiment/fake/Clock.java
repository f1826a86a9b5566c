package kerf.experiment.fake;

import java.util.List;

final class Clock {
  Clock(FakeQuantization plan, Measured measured) {}

  List<Speed> speeds() {
    throw new UnsupportedOperationException();
  }
}
