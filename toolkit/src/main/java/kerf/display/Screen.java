package kerf.display;

import java.time.Duration;

/** Where values are shown: a notebook, a terminal, or nowhere. */
public interface Screen {
  /** Shows nothing. */
  Screen NONE =
      new Screen() {
        @Override
        public void show(Object value) {}

        @Override
        public Live live() {
          return new Live() {
            @Override
            public void update(Bundle bundle) {}

            @Override
            public void finish(Bundle bundle) {}

            @Override
            public Duration pace() {
              return Duration.ofDays(1);
            }
          };
        }
      };

  /**
   * Shows a value once.
   *
   * @param value a {@link Shown}, or any other value, shown as the screen knows best
   */
  void show(Object value);

  /**
   * Opens a place for a value that will change.
   *
   * @return the place, nothing in it yet
   */
  Live live();

  /**
   * A place on a screen whose content is replaced. Calls may come from any thread, one at a time.
   */
  interface Live {
    /**
     * Replaces what is shown.
     *
     * @param bundle the new content
     */
    void update(Bundle bundle);

    /**
     * Replaces what is shown for the last time.
     *
     * @param bundle the content that stays
     */
    void finish(Bundle bundle);

    /**
     * How often updates make sense here.
     *
     * @return the least time between two updates
     */
    Duration pace();
  }
}
