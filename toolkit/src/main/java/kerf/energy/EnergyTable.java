package kerf.energy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.table.Csv;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Energies by operation: data that can be edited, each number with its source.
 *
 * @param rows one an operation
 */
public record EnergyTable(List<OperationEnergy> rows) implements Shown {
  private static final String HOROWITZ = "horowitz-45nm.csv";

  /**
   * Checks that every operation has one row.
   *
   * @param rows one an operation
   */
  public EnergyTable {
    Argument.require("rows", rows);
    rows = List.copyOf(rows);
    List<String> names = rows.stream().map(OperationEnergy::operation).sorted().toList();
    List<String> all = Arrays.stream(Operation.values()).map(Operation::name).sorted().toList();
    if (!names.equals(all)) {
      throw new IllegalArgumentException(
          "a table of energies has one row for each of %s, found %s"
              .formatted(String.join(", ", all), String.join(", ", names)));
    }
  }

  /**
   * Gives the energies of a 45 nm process at 0.9 V: M. Horowitz, ISSCC 2014.
   *
   * @return the table
   */
  public static EnergyTable horowitz() {
    try (InputStream in = EnergyTable.class.getResourceAsStream(HOROWITZ)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new EnergyTable(Csv.records(text, OperationEnergy.class, HOROWITZ));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads a table of one's own.
   *
   * @param file with the columns operation, picojoules, bits, source: what {@code
   *     Csv.write(table.table(), file)} writes
   * @return the table
   */
  public static EnergyTable read(Path file) {
    Argument.require("file", file);
    return new EnergyTable(Csv.read(file, OperationEnergy.class));
  }

  /**
   * Gives an operation another energy.
   *
   * @param operation such as {@code DRAM}
   * @param picojoules of one
   * @param source where the number is from
   * @return a new table
   */
  public EnergyTable energy(Operation operation, double picojoules, String source) {
    Argument.require("operation", operation);
    Argument.require("source", source);
    List<OperationEnergy> others = new ArrayList<>(rows);
    others.replaceAll(
        row ->
            row.operation().equals(operation.name())
                ? new OperationEnergy(row.operation(), picojoules, row.bits(), source)
                : row);
    return new EnergyTable(others);
  }

  /**
   * Looks an energy up.
   *
   * @param operation the operation
   * @return picojoules of one
   */
  public double picojoules(Operation operation) {
    Argument.require("operation", operation);
    return row(operation).picojoules();
  }

  /**
   * Computes what reading or writing bytes takes.
   *
   * @param memory where they are
   * @param bytes how many
   * @return picojoules
   */
  public double traffic(Memory memory, double bytes) {
    Argument.require("memory", memory);
    OperationEnergy row = row(memory.access());
    return bytes * 8 / row.bits() * row.picojoules();
  }

  private OperationEnergy row(Operation operation) {
    return rows.stream()
        .filter(row -> row.operation().equals(operation.name()))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Lists the rows.
   *
   * @return a table, a row an operation
   */
  public Table table() {
    return Rows.table("Energies", OperationEnergy.class, rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(TableText.text(table())).html(TableHtml.html(table()));
  }
}
