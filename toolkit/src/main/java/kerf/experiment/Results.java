package kerf.experiment;

import java.util.List;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/** The results of an experiment: as a cell's last expression, its plan and a table of claims. */
public abstract class Results implements Shown {
  private final Object plan;
  private final String source;

  /**
   * Begins the results of a plan.
   *
   * @param plan the experiment, shown by its {@code toString}
   * @param source whose claims they are, the name of their table, such as {@code claims of Han et
   *     al. 2015}
   */
  protected Results(Object plan, String source) {
    this.plan = plan;
    this.source = source;
  }

  /**
   * Holds what was published against the run.
   *
   * @return each claim with its verdict
   */
  protected abstract List<Claim> judged();

  /**
   * Holds what was published against the run.
   *
   * @return a table, a row each: published, measured, tolerance, holds or not
   */
  public final Table claims() {
    return Rows.table(source, Claim.class, judged());
  }

  @Override
  public final Bundle bundle() {
    return Bundle.of(toString()).html(TableHtml.html(claims()));
  }

  @Override
  public final String toString() {
    return plan + "\n" + TableText.text(claims());
  }
}
