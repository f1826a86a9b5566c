package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import tech.tablesaw.aggregate.AggregateFunctions;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.ShortColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** The class path of notebooks has all that Tablesaw needs, though not its whole libraries. */
class TablesawTest {
  private static final int CLASS = 7;

  private static final List<String> CUT = List.of("it/unimi/dsi/fastutil/", "com/ibm/icu/");

  /** All classes that a class file names. */
  private static Set<String> named(InputStream file) throws IOException {
    ClassReader reader = new ClassReader(file);
    char[] buffer = new char[reader.getMaxStringLength()];
    Set<String> names = new HashSet<>();
    for (int i = 1; i < reader.getItemCount(); i++) {
      int item = reader.getItem(i);
      if (item > 0 && reader.readByte(item - 1) == CLASS) {
        names.add(reader.readUTF8(item, buffer).replaceFirst("^\\[+L?", "").replace(";", ""));
      }
    }
    return names;
  }

  @Test
  void everyClassThatTablesawCanReachIsThere() throws Exception {
    Deque<String> waiting = new ArrayDeque<>();
    Set<String> seen = new HashSet<>();
    Path jar = Path.of(Table.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile classes = new JarFile(jar.toFile())) {
      classes.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("tech/") && name.endsWith(".class"))
          .forEach(name -> waiting.add(name.replace(".class", "")));
    }
    Set<String> missing = new TreeSet<>();
    int reached = 0;
    while (!waiting.isEmpty()) {
      String name = waiting.pop();
      try (InputStream file = Table.class.getResourceAsStream("/" + name + ".class")) {
        if (file == null) {
          missing.add(name);
          continue;
        }
        reached++;
        for (String other : named(file)) {
          if (CUT.stream().anyMatch(other::startsWith) && seen.add(other)) {
            waiting.add(other);
          }
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(reached).isGreaterThan(1_000);
  }

  @Test
  void tablesAreReadFromFilesOfAnyEncodingJoinedAndSummarized(@TempDir Path folder)
      throws Exception {
    String rows = "die Mühlgasse an der Brücke,1\nMühlgasse,3\nder Weg zu den Bäckern,5\n";
    String text = "straße,größe\n" + rows.repeat(20);
    for (var charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
      Path file = Files.write(folder.resolve("in.csv"), text.getBytes(charset));
      Table table = Table.read().csv(file.toFile());
      assertThat(table.columnNames()).containsExactly("straße", "größe");
      Table sums = table.summarize("größe", AggregateFunctions.sum).by("straße");
      assertThat(sums.rowCount()).isEqualTo(3);
      assertThat(table.joinOn("straße").with(sums).join().columnCount()).isEqualTo(3);
      assertThat(table.sortDescendingOn("größe").print()).contains("Bäckern");
      table.write().csv(folder.resolve("out.csv").toString());
      assertThat(Files.readString(folder.resolve("out.csv"))).contains("Mühlgasse,3");
    }
  }

  @Test
  void columnsOfAllTypesCanBeCountedFilteredAndSummarized() {
    Table table =
        Table.create(
            StringColumn.create("string", "a", "b", "a"),
            IntColumn.create("int", 1, 2, 1),
            LongColumn.create("long", 1, 2, 1),
            ShortColumn.create("short", new short[] {1, 2, 1}),
            FloatColumn.create("float", 1, 2, 1),
            DoubleColumn.create("double", 1, 2, 1),
            BooleanColumn.create("boolean", true, false, true));
    Stream.of(table.columnArray()).forEach(c -> assertThat(c.unique().size()).isEqualTo(2));
    assertThat(table.countBy("string").rowCount()).isEqualTo(2);
    assertThat(table.xTabCounts("string", "boolean").rowCount()).isEqualTo(3);
    assertThat(table.where(table.intColumn("int").isEqualTo(1)).rowCount()).isEqualTo(2);
    assertThat(table.dropDuplicateRows().rowCount()).isEqualTo(2);
    assertThat(table.summary().print()).contains("Mean");
    assertThat(table.structure().print()).contains("SHORT");
    assertThat(table.doubleColumn("double").rolling(2).mean().size()).isEqualTo(3);
    assertThat(table.copy().append(table).rowCount()).isEqualTo(6);
  }
}
