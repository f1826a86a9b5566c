package kerf.table;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import kerf.argument.Names;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Records as the rows of a table, and back.
 *
 * <p>A component becomes a column: {@code int}, {@code long}, {@code float}, {@code double}, {@code
 * boolean}, their boxed types, text and enums as such, anything else by its {@code toString()}.
 * Null and NaN are missing values and print as nothing. Numbers print with at most five significant
 * digits unless the component says otherwise ({@link Percent}, {@link Decimals}, {@link Grouped},
 * {@link Bytes}); the column always keeps the full value, and tables derived from it (sorted,
 * filtered, first rows) keep the format.
 */
public final class Rows {
  private Rows() {}

  /**
   * Makes a table of records.
   *
   * @param <R> the record type
   * @param title the table's name, its caption where it is shown
   * @param type the record type, which gives the columns even when there is no row
   * @param rows the rows, in the table's order
   * @return a new table with a column for each component, in the order of declaration
   */
  public static <R extends Record> Table table(
      String title, Class<R> type, List<? extends R> rows) {
    Table table = Table.create(title);
    for (Field field : Field.of(type)) {
      Column<?> column = field.column();
      for (R row : rows) {
        field.append(column, row);
      }
      table.addColumns(column);
    }
    return table;
  }

  /**
   * Reads the records of a table back, exactly.
   *
   * @param <R> the record type
   * @param table a table with the columns of the record type, in any order and perhaps with more
   * @param type the record type
   * @return a record for each row, in the table's order
   * @throws IllegalArgumentException if a column is missing or a cell holds no such value
   */
  public static <R extends Record> List<R> records(Table table, Class<R> type) {
    List<Field> fields = Field.of(type);
    List<Column<?>> columns = new ArrayList<>();
    for (Field field : fields) {
      if (!table.containsColumn(field.title())) {
        throw new IllegalArgumentException(
            "table %s has no column %s; its columns are %s"
                .formatted(
                    table.name(), field.title(), Names.listed(field.title(), table.columnNames())));
      }
      columns.add(table.column(field.title()));
    }
    List<R> records = new ArrayList<>();
    for (int row = 0; row < table.rowCount(); row++) {
      List<String> cells = new ArrayList<>();
      for (Column<?> column : columns) {
        cells.add(Kind.exact(column, row));
      }
      records.add(record(type, fields, cells, "table " + table.name() + ", row " + row));
    }
    return records;
  }

  /**
   * A record from the exact text of its cells.
   *
   * @param <R> the record type
   * @param type the record type
   * @param fields its fields
   * @param cells a text for each field
   * @param where opens an error
   * @return the record
   */
  static <R extends Record> R record(
      Class<R> type, List<Field> fields, List<String> cells, String where) {
    Object[] values = new Object[fields.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(fields.get(i), cells.get(i), where);
    }
    Class<?>[] types = fields.stream().map(Field::type).toArray(Class<?>[]::new);
    try {
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(where + ": " + e.getCause().getMessage(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make a " + type.getSimpleName(), e);
    }
  }

  private static Object value(Field field, String text, String where) {
    boolean boxed = !field.type().isPrimitive();
    if (text.isEmpty() && boxed && field.type() != String.class) {
      return null;
    }
    try {
      return field.kind().parse(text, field.type());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s, column %s: expected %s, found %s"
              .formatted(
                  where,
                  field.title(),
                  field.kind().expected(field.type()),
                  text.isEmpty() ? "nothing" : text),
          e);
    }
  }
}
