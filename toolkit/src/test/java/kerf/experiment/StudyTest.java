package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import kerf.display.Progress;
import org.junit.jupiter.api.Test;

class StudyTest {
  /** Units 1 to 4; each is the sum of itself and of the one it halves to. */
  private static class Halves implements Work<Integer, Integer> {
    final Map<Integer, Integer> kept = new ConcurrentHashMap<>();
    final AtomicInteger runs = new AtomicInteger();

    @Override
    public String title() {
      return "halves";
    }

    @Override
    public List<Integer> units() {
      return List.of(1, 2, 3, 4);
    }

    @Override
    public List<Integer> needs(Integer unit) {
      return unit == 1 ? List.of() : List.of(unit / 2);
    }

    @Override
    public long steps(Integer unit) {
      return 1;
    }

    @Override
    public Integer run(Integer unit, Map<Integer, Integer> needed, Progress progress) {
      runs.incrementAndGet();
      return unit + needed.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public Optional<Integer> read(Integer unit) {
      return Optional.ofNullable(kept.get(unit));
    }

    @Override
    public void write(Integer unit, Integer done) {
      kept.put(unit, done);
    }
  }

  @Test
  void unitsGetTheResultsTheyNeed() {
    assertThat(new Study<>(new Halves()).run())
        .containsExactly(Map.entry(1, 1), Map.entry(2, 3), Map.entry(3, 4), Map.entry(4, 7));
  }

  @Test
  void theSecondRunReadsBack() {
    Halves work = new Halves();
    Map<Integer, Integer> first = new Study<>(work).run();
    assertThat(new Study<>(work).run()).isEqualTo(first);
    assertThat(work.runs).hasValue(4);
  }

  @Test
  void aFailureIsNamedWhenAllThatDoesNotNeedItIsDone() {
    Halves work =
        new Halves() {
          @Override
          public Integer run(Integer unit, Map<Integer, Integer> needed, Progress progress) {
            if (unit == 2) {
              throw new IllegalArgumentException("two diverged");
            }
            return super.run(unit, needed, progress);
          }
        };
    assertThatThrownBy(() -> new Study<>(work).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no result of '2', 2 of 4 are missing: two diverged; the others are kept, run again to try what is missing")
        .hasCauseInstanceOf(IllegalArgumentException.class);
    assertThat(work.kept).containsOnlyKeys(1, 3);
  }

  @Test
  void aNeedOutsideTheStudyIsNamed() {
    Halves work =
        new Halves() {
          @Override
          public List<Integer> units() {
            return List.of(6);
          }
        };
    assertThatThrownBy(() -> new Study<>(work).run())
        .hasMessage("every unit must need only units of the same study, found 6 needing [3]");
  }
}
