package kerf.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final Map<?, ? extends UnitResult> units;

  /**
   * Begins the results of a plan.
   *
   * @param plan the experiment, shown by its {@code toString}
   * @param source whose claims they are, the name of their table, such as {@code claims of Han et
   *     al. 2015}
   * @param units what each unit left
   */
  protected Results(Object plan, String source, Map<?, ? extends UnitResult> units) {
    this.plan = plan;
    this.source = source;
    this.units = Map.copyOf(units);
  }

  /**
   * Names what diverged. Its numbers are missing in tables; means and claims that it is part of are
   * not numbers, and figures mark them.
   *
   * @return a line each: which unit, and why; none if all went well
   */
  public final List<String> diverged() {
    return units.entrySet().stream()
        .flatMap(
            unit ->
                unit.getValue().divergence().stream()
                    .map(why -> "diverged: %s: %s".formatted(unit.getKey(), why)))
        .sorted()
        .toList();
  }

  private String heading() {
    List<String> lines = new ArrayList<>(List.of(plan.toString()));
    lines.addAll(diverged());
    return String.join("\n", lines);
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
    return heading() + "\n" + TableText.text(claims());
  }
}
