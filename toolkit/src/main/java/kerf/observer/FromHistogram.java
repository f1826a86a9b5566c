package kerf.observer;

import java.util.Arrays;
import java.util.stream.IntStream;
import kerf.argument.Argument;
import kerf.scheme.IntegerFormat;
import kerf.scheme.Layout;
import kerf.scheme.QuantParams;
import kerf.scheme.Quantizer;

/**
 * Keeps a histogram of each thing that has a scale of its own, and chooses from it at the end.
 *
 * @param choice the rule
 */
public record FromHistogram(Choice choice) implements Observer {
  /**
   * Checks that there is a rule.
   *
   * @param choice the rule
   */
  public FromHistogram {
    Argument.require("choice", choice);
  }

  @Override
  public State start(IntegerFormat format) {
    return new State(choice, format);
  }

  @Override
  public String toString() {
    return choice.toString();
  }

  /** Histograms so far. */
  public static final class State implements ObserverState {
    private final Choice choice;
    private final IntegerFormat format;
    private Seen[] seen;

    private State(Choice choice, IntegerFormat format) {
      this.choice = choice;
      this.format = format;
    }

    @Override
    public void observe(float[] values, long... shape) {
      Observed.range(choice, values);
      Layout layout = format.spread().over(shape);
      if (seen == null) {
        seen = IntStream.range(0, layout.count()).mapToObj(i -> new Seen()).toArray(Seen[]::new);
      }
      layout.forEach((parameter, from, to) -> seen[parameter].add(values, from, to));
    }

    /**
     * Gives what was seen.
     *
     * @return one for each thing that has a scale
     * @throws IllegalStateException if nothing was seen
     */
    public Seen[] seen() {
      if (seen == null) {
        throw Range.unseen(choice);
      }
      return seen.clone();
    }

    /**
     * Gives the ranges chosen.
     *
     * @return one for each thing that has a scale
     * @throws IllegalStateException if nothing was seen
     */
    public Range[] ranges() {
      return Arrays.stream(seen()).map(each -> choice.range(each, format)).toArray(Range[]::new);
    }

    @Override
    public Quantizer quantizer() {
      return format.quantizer(
          Arrays.stream(ranges())
              .map(range -> format.params(range.low(), range.high()))
              .toArray(QuantParams[]::new));
    }
  }
}
