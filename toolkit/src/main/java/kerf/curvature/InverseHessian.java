package kerf.curvature;

import kerf.model.DivergedException;

/**
 * The inverse Hessian over the parameters that are still free to move, and what it foretells of
 * deletions; shrinks by one with each. Hassibi and Stork 1992.
 */
public final class InverseHessian {
  private final int[] places;
  private final double[][] rows;
  private final boolean[] gone;

  InverseHessian(int[] places, double[][] rows) {
    this.places = places;
    this.rows = rows;
    this.gone = new boolean[places.length];
  }

  /**
   * Lists the parameters it was made for.
   *
   * @return their places among the network's {@link Coordinates}, ascending; whatever is asked for
   *     by number is asked for by its number in this list
   */
  public int[] places() {
    return places.clone();
  }

  /**
   * Gives an element.
   *
   * @param row a number in {@link #places}
   * @param column a number in {@link #places}
   * @return the element of the inverse
   */
  public double at(int row, int column) {
    return rows[row][column];
  }

  /**
   * Foretells how much the loss rises if one parameter is deleted and all others move to where that
   * hurts least: {@code w² / (2 [H⁻¹]qq)}.
   *
   * @param number which parameter
   * @param value its value w
   * @return the rise of the loss, 0 or more
   */
  public double saliency(int number, double value) {
    return value * value / (2 * rows[number][number]);
  }

  /**
   * Deletes a parameter: moves it to 0 and all others with it, by {@code -(w / [H⁻¹]qq) H⁻¹ eq},
   * and holds it there in all that is asked from now on.
   *
   * @param number which parameter
   * @param values the values of the parameters in {@link #places}, changed in place
   * @throws DivergedException if the diagonal of the inverse is not positive there, as that of a
   *     positive definite Hessian is
   */
  public void delete(int number, double[] values) {
    if (gone[number]) {
      throw new IllegalArgumentException(
          "a parameter can be deleted once, found a second time for number " + number);
    }
    double[] column = rows[number].clone();
    double corner = column[number];
    if (!(corner > 0) || Double.isInfinite(corner)) {
      throw new DivergedException(
          "the inverse Hessian must be positive on its diagonal, found %s for parameter %d: rounding has used up its digits; take more damping, such as .damping(1e-4), or a new Hessian more often, such as .refresh(0.01)"
              .formatted(corner, places[number]));
    }
    double factor = values[number] / corner;
    for (int i = 0; i < values.length; i++) {
      values[i] -= factor * column[i];
    }
    // The inverse of the Hessian without this row and column, by the same identity.
    for (int i = 0; i < rows.length; i++) {
      double[] row = rows[i];
      double share = column[i] / corner;
      if (share != 0) {
        for (int j = 0; j < row.length; j++) {
          row[j] -= share * column[j];
        }
      }
    }
    for (int i = 0; i < rows.length; i++) {
      // What cancels is 0, not nearly 0: a deleted parameter stays where it is.
      rows[i][number] = 0;
      rows[number][i] = 0;
    }
    values[number] = 0;
    gone[number] = true;
  }

  /**
   * Tells whether a parameter was deleted.
   *
   * @param number which parameter
   * @return true once it was
   */
  public boolean deleted(int number) {
    return gone[number];
  }
}
