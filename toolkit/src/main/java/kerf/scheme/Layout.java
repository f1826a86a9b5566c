package kerf.scheme;

/**
 * Which elements of a tensor share parameters, as runs of neighbours in C order: {@code span}
 * elements to parameter 0, the next to parameter 1, and round again after the last.
 */
public final class Layout {
  private final int count;
  private final int span;
  private final int row;
  private final int size;

  Layout(int count, int span, int size) {
    this(count, span, count * span, size);
  }

  private Layout(int count, int span, int row, int size) {
    this.count = count;
    this.span = span;
    this.row = row;
    this.size = size;
  }

  /** Groups within rows; the last of a row is shorter where they do not come out even. */
  static Layout ofGroups(int row, int span, int size) {
    int groups = (row + span - 1) / span;
    return new Layout(groups * (size / row), Math.min(span, row), row, size);
  }

  /**
   * Counts the parameters.
   *
   * @return 1 or more
   */
  public int count() {
    return count;
  }

  /**
   * Counts the elements.
   *
   * @return those of the tensor
   */
  public int size() {
    return size;
  }

  /** What is done with a run of neighbours that share a parameter. */
  @FunctionalInterface
  public interface Run {
    /**
     * Does it.
     *
     * @param parameter the number of the parameter
     * @param from the first element
     * @param to the element after the last
     */
    void accept(int parameter, int from, int to);
  }

  /**
   * Goes through the tensor in C order.
   *
   * @param run called for every run
   */
  public void forEach(Run run) {
    int parameter = 0;
    for (int start = 0; start < size; start += row) {
      int end = start + row;
      for (int from = start; from < end; from += span) {
        run.accept(parameter, from, Math.min(from + span, end));
        parameter = parameter + 1 == count ? 0 : parameter + 1;
      }
    }
  }
}
