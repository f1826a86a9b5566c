package kerf.display;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProgressTest {
  /** Remembers what was shown; ten updates a second at most, as in a notebook. */
  private static final class Recorder implements Screen, Screen.Live {
    private final List<String> shown = new ArrayList<>();
    private Bundle last;

    @Override
    public void show(Object value) {
      shown.add(value.toString());
    }

    @Override
    public Live live() {
      return this;
    }

    @Override
    public void update(Bundle bundle) {
      shown.add(bundle.text());
    }

    @Override
    public void finish(Bundle bundle) {
      update(bundle);
      last = bundle;
    }

    @Override
    public Duration pace() {
      return Duration.ofMillis(100);
    }
  }

  private final Recorder screen = new Recorder();
  private final AtomicLong millis = new AtomicLong();

  private Progress start(String label, long total) {
    return Progress.start(label, total, screen, () -> millis.get() * 1_000_000);
  }

  @AfterEach
  void clear() {
    Thread.interrupted();
    Display.screen(null);
  }

  @Test
  void showsBarRateTimeLeftAndMessage() {
    try (Progress progress = start("training", 400)) {
      millis.set(4_000);
      progress.message("seed 2, level 7");
      millis.set(5_000);
      progress.advance(100);
    }
    assertThat(screen.shown)
        .containsExactly(
            "training [--------------------] 0 % · 0 of 400",
            "training [--------------------] 0 % · 0 of 400 · seed 2, level 7",
            "training [#####---------------] 25 % · 100 of 400 · 20/s · 0:15 left · seed 2, level 7",
            "training [#####---------------] 25 % · stopped at 100 of 400");
  }

  @Test
  void theEndStateHoldsNoTimes() {
    try (Progress progress = start("a < b", 2)) {
      millis.set(1_234);
      progress.message("last").advance().advance();
    }
    assertThat(screen.last.parts())
        .containsEntry("text/plain", "a < b [####################] 100 % · 2 of 2")
        .containsEntry(
            "text/html",
            "<div>a &lt; b <progress value=\"2\" max=\"2\"></progress> 100 % · 2 of 2</div>");
  }

  @Test
  void atMostTenUpdatesASecondAndOneAtTheEnd() {
    try (Progress progress = start("steps", 10_000)) {
      for (int i = 0; i < 10_000; i++) {
        millis.incrementAndGet();
        progress.advance();
      }
    }
    assertThat(screen.shown).hasSize(1 + 100 + 1);
  }

  @Test
  void whatIsSkippedCountsAsDoneButNotForTheRate() {
    Progress progress = start("levels", 10);
    progress.skip(6);
    millis.set(120_000);
    progress.advance(2);
    assertThat(screen.shown.get(1))
        .isEqualTo("levels [################----] 80 % · 8 of 10 · 1.0/min · 2:00 left");
  }

  @Test
  void manyThreadsMayReport() throws Exception {
    Progress progress = start("trials", 8_000);
    var pool = Executors.newFixedThreadPool(8);
    var begin = new CountDownLatch(1);
    var jobs =
        IntStream.range(0, 8)
            .mapToObj(
                thread ->
                    pool.submit(
                        () -> {
                          begin.await();
                          for (int i = 0; i < 1_000; i++) {
                            millis.incrementAndGet();
                            progress.message("seed " + thread).advance();
                          }
                          return thread;
                        }))
            .toList();
    begin.countDown();
    for (var job : jobs) {
      job.get();
    }
    pool.shutdown();
    progress.close();
    progress.close();
    assertThat(screen.shown)
        .last()
        .isEqualTo("trials [####################] 100 % · 8,000 of 8,000");
    assertThat(screen.shown).filteredOn(line -> line.endsWith("8,000 of 8,000")).hasSize(1);
  }

  @Test
  void aLoopShowsItsProgress() {
    Display.screen(screen);
    List<String> seen = new ArrayList<>();
    for (String item : Progress.of(List.of("a", "b"), "letters")) {
      seen.add(item);
    }
    assertThat(seen).containsExactly("a", "b");
    assertThat(screen.shown)
        .containsExactly(
            "letters [--------------------] 0 % · 0 of 2",
            "letters [####################] 100 % · 2 of 2");
  }

  @Test
  void anInterruptEndsALoopBetweenTwoItems() {
    Display.screen(screen);
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              for (String item : Progress.of(List.of("a", "b", "c"), "letters")) {
                seen.add(item);
                Thread.currentThread().interrupt();
              }
            })
        .isInstanceOf(CancellationException.class)
        .hasMessage("interrupted: the work stopped between two steps; run it again when you like");
    assertThat(seen).containsExactly("a");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    assertThat(screen.shown)
        .last()
        .isEqualTo("letters [######--------------] 33 % · stopped at 1 of 3");
  }

  @Test
  void aScreenThatFailsDoesNotFailTheWork() {
    Screen broken =
        new Screen() {
          @Override
          public void show(Object value) {}

          @Override
          public Live live() {
            return new Live() {
              @Override
              public void update(Bundle bundle) {
                throw new IllegalStateException("closed");
              }

              @Override
              public void finish(Bundle bundle) {
                throw new IllegalStateException("closed");
              }

              @Override
              public Duration pace() {
                return Duration.ZERO;
              }
            };
          }
        };
    List<Integer> seen = new ArrayList<>();
    Display.screen(broken);
    Progress.of(List.of(1, 2), "numbers").forEach(seen::add);
    assertThat(seen).containsExactly(1, 2);
  }

  @Test
  void noItemsAreDoneAtOnceAndANegativeTotalIsRefused() {
    start("nothing", 0).close();
    assertThat(screen.shown).last().isEqualTo("nothing [####################] 100 % · 0 of 0");
    assertThatThrownBy(() -> start("steps", -1))
        .hasMessage("the total of steps must be 0 or more, found -1");
  }
}
