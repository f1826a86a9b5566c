package kerf.display;

import java.util.Optional;

/**
 * Shows values on the screen at hand: in the notebook if a Java kernel runs in this process (Kerf's
 * own, JJava, IJava), else in the terminal.
 */
public final class Display {
  private static volatile Screen chosen;

  private Display() {}

  /**
   * Shows a value now, in the middle of a cell or a program.
   *
   * @param value a {@link Shown}, or any other value: a notebook renders it as it would a cell's
   *     result, a terminal prints its text
   */
  public static void show(Object value) {
    screen().show(value);
  }

  /**
   * Shows a value that will change.
   *
   * @param first what is shown at first
   * @return the place it is shown in, to be updated; in a terminal each update is a line
   */
  public static Screen.Live live(Shown first) {
    Screen.Live live = screen().live();
    live.update(first.bundle());
    return live;
  }

  /**
   * The screen in use.
   *
   * @return the screen that was chosen by {@link #screen(Screen)}, else the running kernel's, else
   *     the terminal
   */
  public static Screen screen() {
    Screen screen = chosen;
    if (screen != null) {
      return screen;
    }
    Optional<Screen> notebook = KernelScreen.running();
    notebook.ifPresent(found -> chosen = found);
    return notebook.orElse(Terminal.STANDARD);
  }

  /**
   * The Java kernel that runs in this process.
   *
   * @return Kerf's own kernel, JJava's or IJava's, an object of that kernel's own types; empty
   *     outside a notebook
   */
  public static Optional<Object> kernel() {
    return KernelScreen.kernel();
  }

  /**
   * Chooses the screen for the whole process.
   *
   * @param screen the screen, for instance {@link Screen#NONE}; null to find it out again
   */
  public static void screen(Screen screen) {
    chosen = screen;
  }
}
