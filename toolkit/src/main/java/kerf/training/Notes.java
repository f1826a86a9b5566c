package kerf.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * What hooks noted during a training.
 *
 * @param rows records of any types, in the order of their making
 */
public record Notes(List<Record> rows) implements Shown {
  /**
   * Copies the rows.
   *
   * @param rows records of any types, in the order of their making
   */
  public Notes {
    rows = List.copyOf(rows);
  }

  /**
   * The notes of one kind.
   *
   * @param <R> the kind
   * @param type the kind's record
   * @return in the order of their making; none if there were none
   */
  public <R extends Record> List<R> of(Class<R> type) {
    Argument.require("type", type);
    return rows.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /**
   * The notes as tables.
   *
   * @return a table for each kind, in the order in which kinds came up
   */
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    rows.stream().map(Record::getClass).distinct().forEach(type -> tables.add(table(type)));
    return tables;
  }

  private <R extends Record> Table table(Class<R> type) {
    String words = type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ");
    return Rows.table(words.toLowerCase(Locale.ROOT), type, of(type));
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString())
        .html(tables().stream().map(TableHtml::html).collect(Collectors.joining()));
  }

  @Override
  public String toString() {
    return rows.isEmpty()
        ? "no notes"
        : tables().stream().map(TableText::text).collect(Collectors.joining("\n"));
  }
}
