package kerf.export;

import java.util.List;
import kerf.argument.Argument;
import kerf.data.Samples;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.quantization.Quantized;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Fake quantization against integers against a runtime: one network, three ways to compute it. The
 * engine rounds floats at the points; plain Java multiplies integers by the book; ONNX Runtime runs
 * the exported file. Where they differ a number lay next to the middle between two integers.
 *
 * @param rows a row a point, in the order of the graph
 * @param images how many images were classified
 * @param fake how many of them fake quantization classified rightly
 * @param integers how many the integer network did
 * @param runtime how many ONNX Runtime did
 * @param same how many were given one class by all three
 */
public record Arithmetics(
    List<ArithmeticRow> rows, int images, int fake, int integers, int runtime, int same)
    implements Shown {
  /**
   * Copies the rows.
   *
   * @param rows a row a point
   * @param images how many images were classified
   * @param fake how many fake quantization classified rightly
   * @param integers how many the integer network did
   * @param runtime how many ONNX Runtime did
   * @param same how many were given one class by all three
   */
  public Arithmetics {
    rows = List.copyOf(rows);
  }

  /**
   * Compares.
   *
   * @param quantized a statically quantized network
   * @param samples such as {@code mnist().test().first(64)}: integers are computed by plain Java
   * @return the comparison
   * @throws IllegalArgumentException if the mode is not static, there is no image, or a layer
   *     cannot be exported
   */
  public static Arithmetics of(Quantized quantized, Samples samples) {
    Argument.require("quantized", quantized);
    Argument.require("samples", samples);
    if (samples.size() == 0) {
      throw new IllegalArgumentException(
          "a comparison needs images, found none; write mnist().test().first(64)");
    }
    return new ArithmeticComparison(quantized).of(samples);
  }

  /**
   * Lists the points.
   *
   * @return a table, a row a point: how much differs and how far, between each two of the three
   */
  public Table table() {
    return Rows.table(
        "Fake quantization, integers and ONNX Runtime, on the same inputs",
        ArithmeticRow.class,
        rows);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    return "right of %,d images: %,d by fake quantization, %,d by integers, %,d by ONNX Runtime; one class by all three: %,d"
        .formatted(images, fake, integers, runtime, same);
  }
}
