package kerf.table;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import kerf.table.CellFormat.Style;
import tech.tablesaw.api.NumberColumn;
import tech.tablesaw.columns.Column;

/**
 * One component of a record type as a column.
 *
 * @param title the column's title
 * @param type the component's type
 * @param kind the kind of its values
 * @param format how they print
 * @param accessor reads the component
 */
record Field(String title, Class<?> type, Kind kind, CellFormat format, Method accessor) {

  /**
   * The fields of a record type.
   *
   * @param type the record type
   * @return a field for each component, in the order of declaration
   */
  static List<Field> of(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
  }

  private static Field of(RecordComponent component) {
    Method accessor = component.getAccessor();
    accessor.setAccessible(true);
    Title title = component.getAnnotation(Title.class);
    Kind kind = Kind.of(component.getType());
    CellFormat format = format(component);
    if (!kind.numeric() && !format.equals(new CellFormat(Style.PLAIN, 0))) {
      throw new IllegalArgumentException(
          "component %s of %s: a number format needs a number, found %s"
              .formatted(
                  component.getName(),
                  component.getDeclaringRecord().getSimpleName(),
                  component.getType().getSimpleName()));
    }
    return new Field(
        title == null ? words(component.getName()) : title.value(),
        component.getType(),
        kind,
        format,
        accessor);
  }

  private static CellFormat format(RecordComponent component) {
    if (component.isAnnotationPresent(Percent.class)) {
      return new CellFormat(Style.PERCENT, component.getAnnotation(Percent.class).value());
    }
    if (component.isAnnotationPresent(Decimals.class)) {
      return new CellFormat(Style.DECIMALS, component.getAnnotation(Decimals.class).value());
    }
    if (component.isAnnotationPresent(Grouped.class)) {
      return new CellFormat(Style.GROUPED, 0);
    }
    return new CellFormat(
        component.isAnnotationPresent(Bytes.class) ? Style.BYTES : Style.PLAIN, 0);
  }

  /**
   * A component's name in words: {@code weightsRemaining} is {@code weights remaining}.
   *
   * @param name a name in camel case
   * @return its words, in lower case but for acronyms
   */
  static String words(String name) {
    StringBuilder words = new StringBuilder();
    for (String word : name.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")) {
      boolean capitalized = word.length() == 1 || Character.isLowerCase(word.charAt(1));
      words.append(words.isEmpty() ? "" : " ");
      words.append(capitalized ? word.toLowerCase(Locale.ROOT) : word);
    }
    return words.toString();
  }

  /** {@return an empty column for this component, its format set} */
  Column<?> column() {
    Column<?> column = kind.column(title);
    if (column instanceof NumberColumn<?, ?> numbers) {
      numbers.setPrintFormatter(format, "");
    }
    return column;
  }

  /**
   * Adds the component's value of a record to its column.
   *
   * @param column a column made by {@link #column()}
   * @param row the record
   */
  void append(Column<?> column, Record row) {
    try {
      Object value = accessor.invoke(row);
      if (value == null) {
        column.appendMissing();
      } else {
        kind.append(column, value);
      }
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + accessor.getName() + " of " + row, e);
    }
  }
}
