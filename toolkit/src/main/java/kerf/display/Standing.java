package kerf.display;

import java.util.Locale;

/**
 * How work gets on at one moment.
 *
 * @param label what is done
 * @param done units done
 * @param skipped units of these that took no time, such as results read back
 * @param total units in all
 * @param nanos time spent, in nanoseconds
 * @param message what is being done now, or empty
 */
record Standing(String label, long done, long skipped, long total, long nanos, String message) {
  private static final int CELLS = 20;

  /** {@return the moment as text and as HTML, with rate, time left and message} */
  Bundle running() {
    StringBuilder tail = new StringBuilder();
    tail.append(" · ").append(count());
    long worked = done - skipped;
    if (worked > 0 && nanos > 0) {
      double perSecond = worked * 1e9 / nanos;
      tail.append(" · ").append(rate(perSecond));
      if (done < total) {
        tail.append(" · ").append(clock((long) Math.rint((total - done) / perSecond)));
        tail.append(" left");
      }
    }
    if (!message.isEmpty()) {
      tail.append(" · ").append(message);
    }
    return bundle(tail.toString());
  }

  /** {@return the end state, without times or message, the same whenever the work is the same} */
  Bundle finished() {
    return bundle((done < total ? " · stopped at " : " · ") + count());
  }

  private Bundle bundle(String tail) {
    int filled = (int) (total == 0 ? CELLS : CELLS * Math.min(done, total) / total);
    long percent = total == 0 ? 100 : 100 * Math.min(done, total) / total;
    String bar = "#".repeat(filled) + "-".repeat(CELLS - filled);
    return Bundle.of("%s [%s] %d %%%s".formatted(label, bar, percent, tail))
        .html(
            "<div>%s <progress value=\"%d\" max=\"%d\"></progress> %d %%%s</div>"
                .formatted(
                    escape(label),
                    total == 0 ? 1 : Math.min(done, total),
                    Math.max(1, total),
                    percent,
                    escape(tail)));
  }

  private String count() {
    return String.format(Locale.ROOT, "%,d of %,d", done, Math.max(done, total));
  }

  private static String rate(double perSecond) {
    if (perSecond >= 10) {
      return String.format(Locale.ROOT, "%,.0f/s", perSecond);
    }
    return perSecond >= 1
        ? String.format(Locale.ROOT, "%.1f/s", perSecond)
        : String.format(Locale.ROOT, "%.1f/min", perSecond * 60);
  }

  private static String clock(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
