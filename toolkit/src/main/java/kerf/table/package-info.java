/**
 * Records in, Tablesaw tables out: one row a record, one column a component, numbers formatted once
 * so that a table reads well wherever it is printed; and the way of such a table to HTML, to a
 * terminal and to a CSV file and back.
 *
 * <pre>{@code
 * record Level(int seed, @Percent(1) double weightsRemaining, @Percent(2) double testAccuracy) {}
 *
 * Table levels = Rows.table("levels", Level.class, rows);  // seed | weights remaining | test accuracy
 * levels.sortDescendingOn("test accuracy").first(3)
 * }</pre>
 *
 * <p>Nothing is computed here, and no other room but the plots touches a column's class.
 */
package kerf.table;
