package kerf.schedule;

import java.util.ArrayList;
import java.util.List;
import kerf.argument.Argument;
import kerf.training.Step;

/**
 * A stretch of training with updates in it.
 *
 * @param from its begin
 * @param until its end
 * @param every how far updates are apart; the end is one in any case
 */
public record Span(Step from, Step until, Step every) {
  /** From the start until epoch 4, ten updates an epoch: fits a training of the default length. */
  static final Span USUAL = new Span(Step.epochs(0), Step.epochs(4), Step.epochs(0.1));

  /**
   * This span with another begin.
   *
   * @param begin the first update
   * @return a new span
   */
  public Span from(Step begin) {
    Argument.require("step", begin);
    return new Span(begin, until, every);
  }

  /**
   * This span with another end.
   *
   * @param end the last update
   * @return a new span
   */
  public Span until(Step end) {
    Argument.require("until", end);
    return new Span(from, end, every);
  }

  /**
   * This span with another distance of updates.
   *
   * @param distance 1 iteration at least, however short
   * @return a new span
   */
  public Span every(Step distance) {
    Argument.require("step", distance);
    return new Span(from, until, distance);
  }

  /** The share of the span that is behind an iteration, 0 to 1. */
  double progress(long iteration, long perEpoch) {
    long begin = from.iterations(perEpoch);
    long end = until.iterations(perEpoch);
    if (iteration >= end) {
      return 1;
    }
    return iteration <= begin ? 0 : (double) (iteration - begin) / (end - begin);
  }

  /** The iterations of all updates, the end among them. */
  List<Long> updates(long perEpoch) {
    long end = until.iterations(perEpoch);
    long stride = Math.max(1, every.iterations(perEpoch));
    List<Long> updates = new ArrayList<>();
    for (long at = begin(from, until, perEpoch); at < end; at += stride) {
      updates.add(at);
    }
    updates.add(end);
    return updates;
  }

  boolean updatesAt(long iteration, long perEpoch) {
    long end = until.iterations(perEpoch);
    long past = iteration - begin(from, until, perEpoch);
    long stride = Math.max(1, every.iterations(perEpoch));
    return iteration == end || iteration < end && past >= 0 && past % stride == 0;
  }

  /** The begin in iterations, once it is known to lie before the end. */
  static long begin(Step from, Step until, long perEpoch) {
    long begin = from.iterations(perEpoch);
    if (begin > until.iterations(perEpoch)) {
      throw new IllegalArgumentException(
          "a schedule must not end before it begins, found from %s until %s, at %,d iterations an epoch"
              .formatted(from, until, perEpoch));
    }
    return begin;
  }

  List<Step> steps() {
    return List.of(from, until, every);
  }

  @Override
  public String toString() {
    return "from(%s).until(%s).every(%s)".formatted(from, until, every);
  }
}
