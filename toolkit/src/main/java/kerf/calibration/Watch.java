package kerf.calibration;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.observer.FromHistogram;
import kerf.observer.HistogramState;
import kerf.observer.Observer;
import kerf.observer.ObserverState;
import kerf.observer.Percentile;
import kerf.observer.Range;
import kerf.observer.RunningRange;
import kerf.observer.Seen;
import kerf.scheme.IntegerFormat;

/**
 * Observers that see the same tensor in one pass. Those that choose from a histogram share one; any
 * width of integers can be asked for at the end.
 */
final class Watch {
  private final Map<Observer, ObserverState> own = new LinkedHashMap<>();
  private final FromHistogram.State shared;

  /**
   * Begins to observe.
   *
   * @param observers what will be asked for a range
   * @param format one scale a tensor
   */
  Watch(List<Observer> observers, IntegerFormat format) {
    this.shared = new FromHistogram(new Percentile(1)).start(format);
    for (Observer observer : observers) {
      if (!(observer instanceof FromHistogram)) {
        own.put(observer, observer.start(format));
      }
    }
  }

  void observe(float[] values, long... shape) {
    shared.observe(values, shape);
    own.values().forEach(state -> state.observe(values, shape));
  }

  Seen seen() {
    return shared.seen()[0];
  }

  /** What an observer gives for a format; what it saw does not depend on it. */
  Range range(Observer observer, IntegerFormat format) {
    if (observer instanceof FromHistogram chooser) {
      return chooser.choice().range(seen(), format);
    }
    ObserverState state = own.get(observer);
    return state instanceof HistogramState histogram
        ? histogram.chosen()
        : ((RunningRange) state).ranges()[0];
  }
}
