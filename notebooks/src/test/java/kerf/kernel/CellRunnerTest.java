package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CellRunnerTest {
  private final SnippetLoader loader = new SnippetLoader(getClass().getClassLoader());
  private final CellRunner runner = new CellRunner(loader);
  private final CountDownLatch going = new CountDownLatch(1);

  @BeforeEach
  void begin() {
    runner.begin(Request.none(new Outbox()));
  }

  @AfterEach
  void end() {
    runner.end();
  }

  @Test
  void runsOnTheCellThreadWithTheLoaderOfTheCells() throws Exception {
    Thread cell = (Thread) runner.call(Thread::currentThread);
    assertThat(cell).isInstanceOf(CellThread.class);
    assertThat(cell.getContextClassLoader()).isSameAs(loader);
    assertThat(runner.call(Thread::currentThread)).isSameAs(cell);
  }

  @Test
  void runsNestedWorkWhereItStands() throws Exception {
    assertThat(runner.call(() -> runner.call(() -> "inner"))).isEqualTo("inner");
  }

  @Test
  void passesOnWhatTheWorkThrows() {
    assertThatThrownBy(
            () ->
                runner.call(
                    () -> {
                      throw new java.io.IOException("gone");
                    }))
        .isInstanceOf(java.io.IOException.class)
        .hasMessage("gone");
    assertThatThrownBy(
            () ->
                runner.call(
                    () -> {
                      throw new StackOverflowError();
                    }))
        .isInstanceOf(InvocationTargetException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void interruptsAWait() {
    interruptOnceGoing();
    assertThatThrownBy(
            () ->
                runner.call(
                    () -> {
                      going.countDown();
                      new CountDownLatch(1).await();
                      return null;
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(runner.interrupted()).isTrue();
    // Nothing more of an interrupted cell runs; the next cell does, and its flag is clear.
    assertThatThrownBy(() -> runner.call(() -> 1)).hasCauseInstanceOf(CellInterrupted.class);
    runner.end();
    runner.begin(Request.none(new Outbox()));
    assertThat(runner.interrupted()).isFalse();
    assertThat(inCell(Thread::interrupted)).isEqualTo(false);
  }

  @Test
  void doesNotWaitForEverForCodeThatTakesNoNotice() {
    interruptOnceGoing();
    CountDownLatch never = new CountDownLatch(1);
    assertThatThrownBy(
            () ->
                runner.call(
                    () -> {
                      going.countDown();
                      while (never.getCount() > 0) {
                        Thread.onSpinWait();
                      }
                      return null;
                    }))
        // Stopped where the JDK can, left behind where it cannot.
        .satisfiesAnyOf(
            thrown -> assertThat(thrown).hasCauseInstanceOf(ThreadDeath.class),
            thrown -> assertThat(thrown).hasCauseInstanceOf(CellInterrupted.class));
    never.countDown();
    runner.end();
    runner.begin(Request.none(new Outbox()));
    assertThat(inCell(() -> "next")).isEqualTo("next");
  }

  @Test
  void aThreadSpeaksForTheCellThatStartedItAndAPoolForTheCurrentOne() throws Exception {
    Outbox outbox = new Outbox();
    KernelIO io = new KernelIO(outbox);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    CountDownLatch next = new CountDownLatch(1);
    CompletableFuture<Request> heard = new CompletableFuture<>();
    Request first = Request.none(outbox);
    runner.begin(first);
    io.begin(first, false);
    runner.call(
        () -> {
          new Thread(
                  () -> {
                    while (next.getCount() > 0) {
                      Thread.onSpinWait();
                    }
                    heard.complete(io.request());
                  })
              .start();
          return pool.submit(io::request).get();
        });
    runner.end();
    Request second = Request.none(outbox);
    runner.begin(second);
    io.begin(second, false);
    next.countDown();
    assertThat(heard.get()).isSameAs(first);
    assertThat(pool.submit(io::request).get()).isSameAs(second);
    assertThat(runner.call(io::request)).isSameAs(second);
    pool.shutdown();
  }

  @Test
  void takesAnInterruptBetweenCellsForNothing() {
    runner.end();
    runner.interrupt();
    assertThat(runner.interrupted()).isFalse();
  }

  private void interruptOnceGoing() {
    Thread other =
        new Thread(
            () -> {
              try {
                going.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              runner.interrupt();
            });
    other.start();
  }

  private Object inCell(java.util.concurrent.Callable<?> work) {
    try {
      return runner.call(work);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
