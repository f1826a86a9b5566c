package kerf.table;

import java.util.Arrays;
import java.util.stream.Collectors;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.columns.Column;

/** The kinds of values a column holds, and how one is written without loss and read back. */
enum Kind {
  /** Whole numbers of 32 bits. */
  INTEGER("a whole number") {
    @Override
    Column<?> column(String title) {
      return IntColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((IntColumn) column).append(((Number) value).intValue());
    }

    @Override
    Object parse(String text, Class<?> type) {
      return Integer.valueOf(text);
    }
  },
  /** Whole numbers of 64 bits. */
  LONG("a whole number") {
    @Override
    Column<?> column(String title) {
      return LongColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((LongColumn) column).append(((Number) value).longValue());
    }

    @Override
    Object parse(String text, Class<?> type) {
      return Long.valueOf(text);
    }
  },
  /** Numbers of single precision. */
  FLOAT("a number") {
    @Override
    Column<?> column(String title) {
      return FloatColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((FloatColumn) column).append(((Number) value).floatValue());
    }

    @Override
    Object parse(String text, Class<?> type) {
      return text.isEmpty() ? Float.valueOf(Float.NaN) : Float.valueOf(text);
    }
  },
  /** Numbers of double precision. */
  DOUBLE("a number") {
    @Override
    Column<?> column(String title) {
      return DoubleColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((DoubleColumn) column).append(((Number) value).doubleValue());
    }

    @Override
    Object parse(String text, Class<?> type) {
      return text.isEmpty() ? Double.valueOf(Double.NaN) : Double.valueOf(text);
    }
  },
  /** Truth values. */
  BOOLEAN("true or false") {
    @Override
    Column<?> column(String title) {
      return BooleanColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((BooleanColumn) column).append((Boolean) value);
    }

    @Override
    Object parse(String text, Class<?> type) {
      if (text.equals("true") || text.equals("false")) {
        return Boolean.valueOf(text);
      }
      throw new IllegalArgumentException(text);
    }
  },
  /** Text, enums, and whatever else is shown by its text. */
  TEXT("text") {
    @Override
    Column<?> column(String title) {
      return StringColumn.create(title);
    }

    @Override
    void append(Column<?> column, Object value) {
      ((StringColumn) column).append(value.toString());
    }

    @Override
    Object parse(String text, Class<?> type) {
      if (type == String.class) {
        return text;
      }
      if (type.isEnum()) {
        return Arrays.stream(type.getEnumConstants())
            .filter(word -> word.toString().equals(text))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException(text));
      }
      throw new UnsupportedOperationException(
          type.getSimpleName() + " has no way back from text; keep numbers, words or enums");
    }
  };

  private final String expected;

  Kind(String expected) {
    this.expected = expected;
  }

  /**
   * The kind that holds values of a type.
   *
   * @param type a component's type
   * @return its kind, {@link #TEXT} for what has no kind of its own
   */
  static Kind of(Class<?> type) {
    if (type == int.class || type == Integer.class || type == short.class || type == Short.class) {
      return INTEGER;
    }
    if (type == long.class || type == Long.class) {
      return LONG;
    }
    if (type == float.class || type == Float.class) {
      return FLOAT;
    }
    if (type == double.class || type == Double.class) {
      return DOUBLE;
    }
    return type == boolean.class || type == Boolean.class ? BOOLEAN : TEXT;
  }

  /**
   * Makes a column.
   *
   * @param title its title
   * @return an empty column of this kind
   */
  abstract Column<?> column(String title);

  /**
   * Adds a value to a column.
   *
   * @param column a column of this kind
   * @param value a value, not null
   */
  abstract void append(Column<?> column, Object value);

  /**
   * The value that a cell's exact text stands for.
   *
   * @param text the text
   * @param type the component's type
   * @return the value
   * @throws IllegalArgumentException if the text stands for none
   */
  abstract Object parse(String text, Class<?> type);

  /** {@return whether the values are numbers} */
  boolean numeric() {
    return this != TEXT && this != BOOLEAN;
  }

  /**
   * What a cell of this kind holds, for an error.
   *
   * @param type the component's type
   * @return a noun phrase
   */
  String expected(Class<?> type) {
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .map(Object::toString)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return expected;
  }

  /**
   * A cell's text with every digit.
   *
   * @param column the column
   * @param row the row, from 0
   * @return the text, empty where the value is missing
   */
  static String exact(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    return column instanceof StringColumn words ? words.get(row) : String.valueOf(column.get(row));
  }
}
