package kerf.display;

/**
 * A value that shows itself: as a picture, a table or text where it is a notebook cell's last
 * expression, as text elsewhere.
 */
@FunctionalInterface
public interface Shown {
  /**
   * What is shown.
   *
   * @return the same value in one or more formats, plain text among them
   */
  Bundle bundle();
}
