package kerf.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import kerf.display.Progress;
import kerf.model.DivergedException;
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

  /** Halves of which the second fails, and the fourth needs it. */
  private static Halves failing(Supplier<Throwable> failure) {
    return new Halves() {
      @Override
      public Integer run(Integer unit, Map<Integer, Integer> needed, Progress progress) {
        if (unit == 2) {
          throw StudyTest.<RuntimeException>sneaky(failure.get());
        }
        return super.run(unit, needed, progress);
      }
    };
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable failure) throws T {
    throw (T) failure;
  }

  @Test
  void aFailureIsNamedWhenAllThatDoesNotNeedItIsDone() {
    Halves work = failing(() -> new IllegalStateException("two has gone"));
    assertThatThrownBy(() -> new Study<>(work).run())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no result of '2', 2 of 4 are missing: two has gone; the others are kept, run again to try what is missing")
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(work.kept).containsOnlyKeys(1, 3);
  }

  @Test
  void aPlanThatWasRefusedIsNotToBeRunAgain() {
    Halves work = failing(() -> new IllegalArgumentException("two is no layer"));
    assertThatThrownBy(() -> new Study<>(work).run())
        .hasMessage(
            "no result of '2', 2 of 4 are missing: two is no layer; the others are kept, change the plan, and they are read back where it agrees with this one");
  }

  @Test
  void anErrorKeepsTheOthersAsAnExceptionDoes() {
    Map<Error, String> errors =
        Map.of(
            new OutOfMemoryError("Java heap space"),
            "java.lang.OutOfMemoryError: Java heap space; the others are kept, run again with more memory (java -Xmx)",
            new StackOverflowError(),
            "java.lang.StackOverflowError; the others are kept, run again to try what is missing",
            new AssertionError("two is odd"),
            "java.lang.AssertionError: two is odd; the others are kept, run again to try what is missing");
    errors.forEach(
        (error, words) -> {
          Halves work = failing(() -> error);
          assertThatThrownBy(() -> new Study<>(work).run())
              .isInstanceOf(IllegalStateException.class)
              .hasMessage("no result of '2', 2 of 4 are missing: " + words)
              .hasCause(error);
          assertThat(work.kept).containsOnlyKeys(1, 3);
        });
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

  @Test
  void aUnitThatDivergedHasAResultIfItsWorkHasOneForIt() {
    Halves work =
        new Halves() {
          @Override
          public Integer run(Integer unit, Map<Integer, Integer> needed, Progress progress) {
            if (unit == 2) {
              throw new DivergedException("two diverged");
            }
            return super.run(unit, needed, progress);
          }

          @Override
          public Optional<Integer> diverged(Integer unit, DivergedException why) {
            return Optional.of(100);
          }
        };
    assertThat(new Study<>(work).run()).containsEntry(2, 100).containsEntry(4, 104);
    assertThat(work.kept).containsEntry(2, 100);
    assertThatThrownBy(() -> new Study<>(failing(() -> new DivergedException("two"))).run())
        .hasMessageEndingWith(
            "are missing: two; the others are kept, change the plan, and they are read back where it agrees with this one");
  }

  @Test
  void whatCannotWorkIsRefusedBeforeTheFirstUnitUnlessAllIsDone() {
    Halves work =
        new Halves() {
          @Override
          public void check() {
            throw new IllegalArgumentException("no layer fc9");
          }
        };
    assertThatThrownBy(() -> new Study<>(work).run()).hasMessage("no layer fc9");
    assertThat(work.runs).hasValue(0);
    work.kept.putAll(Map.of(1, 1, 2, 3, 3, 4, 4, 7));
    assertThat(new Study<>(work).run()).hasSize(4);
  }
}
