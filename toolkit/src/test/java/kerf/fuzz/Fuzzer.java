package kerf.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kerf.fuzz.Format.Edited;
import kerf.random.RandomStream;

/**
 * Edits valid files of a format and judges what its reader makes of each. A file that ends the JVM
 * stays behind in the folder, under the name of its format.
 */
final class Fuzzer {
  /** A reader that takes longer than this, for files of a few kilobytes, hangs. */
  private static final long SECONDS = 60;

  /** Files of other structures that are edited in turn. */
  private static final int VALID = 16;

  /** So many findings are as good as all of them. */
  private static final int ENOUGH = 20;

  private final Format format;
  private final long seed;
  private final Path file;
  private final Map<Long, Object> originals = new LinkedHashMap<>();
  private final List<String> findings = new ArrayList<>();
  private int refused;
  private int same;
  private int others;

  Fuzzer(Format format, long seed, Path folder) {
    this.format = format;
    this.seed = seed;
    this.file = folder.resolve(format.name() + format.suffix());
  }

  /**
   * Does edits.
   *
   * @param first the number of the first edit; an edit follows from format, seed and number alone
   * @param count how many
   */
  void run(int first, int count) {
    RandomStream random = RandomStream.of(seed, "fuzz").split(format.name());
    ExecutorService reader =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "fuzz " + format.name());
              thread.setDaemon(true);
              return thread;
            });
    try {
      for (int i = first; i < first + count && findings.size() < ENOUGH; i++) {
        edit(i, random.split(Integer.toString(i)), reader);
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      reader.shutdownNow();
    }
  }

  private void edit(int number, RandomStream random, ExecutorService reader) throws IOException {
    long variant = random.nextInt(VALID);
    byte[] bytes = format.valid(variant);
    Object original = originals.get(variant);
    if (original == null) {
      Files.write(file, bytes);
      original = format.read(file);
      originals.put(variant, original);
    }
    StringBuilder done = new StringBuilder("valid file " + variant);
    boolean resealed = false;
    for (int k = random.nextInt(3); k >= 0; k--) {
      boolean plain = random.nextInt(2) == 0;
      byte[] now = bytes;
      Edited edited =
          plain
              ? Bytes.edit(now, random)
              : format.edit(now, random).orElseGet(() -> Bytes.edit(now, random));
      bytes = edited.bytes();
      resealed |= edited.resealed();
      done.append(", ").append(edited.what());
    }
    Files.write(file, bytes);
    String fault = judged(reader.submit(() -> format.read(file)), original, resealed);
    if (!fault.isEmpty()) {
      findings.add("edit %d of seed %d (%s): %s".formatted(number, seed, done, fault));
    }
  }

  /** What is wrong with the reader's answer; empty if nothing is. */
  private String judged(Future<Object> answer, Object original, boolean resealed) {
    try {
      boolean equal = original.equals(answer.get(SECONDS, TimeUnit.SECONDS));
      same += equal ? 1 : 0;
      others += equal ? 0 : 1;
      return !equal && format.sealed() && !resealed ? "read as other values" : "";
    } catch (ExecutionException e) {
      return refusal(e.getCause());
    } catch (TimeoutException e) {
      findings.add("the reader did not come back, " + file + " is left behind");
      throw new AssertionError(toString(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private String refusal(Throwable thrown) {
    if (!format.refusal().isInstance(thrown)) {
      StackTraceElement[] trace = thrown.getStackTrace();
      return "%s, at %s".formatted(thrown, trace.length == 0 ? "?" : trace[0]);
    }
    refused++;
    String message = String.valueOf(thrown.getMessage());
    boolean named = message.contains(file.getFileName().toString());
    boolean cured = message.matches("(?s).*; \\S.{5,}");
    return named && cured ? "" : "a message without file or cure: " + message;
  }

  List<String> findings() {
    return List.copyOf(findings);
  }

  int refused() {
    return refused;
  }

  @Override
  public String toString() {
    return "%s, seed %d: %,d edits refused, %,d read as before, %,d as other values%s"
        .formatted(
            format.name(),
            seed,
            refused,
            same,
            others,
            findings.isEmpty() ? "" : "; wrong:\n  " + String.join("\n  ", findings));
  }
}
