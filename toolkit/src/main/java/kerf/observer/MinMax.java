package kerf.observer;

import kerf.scheme.IntegerFormat;

/** The least and greatest number seen, of each thing that has a scale of its own. */
public record MinMax() implements Observer {
  @Override
  public ObserverState start(IntegerFormat format) {
    return new RunningRange(this, format, 1f, true);
  }

  @Override
  public String toString() {
    return "minMax()";
  }
}
