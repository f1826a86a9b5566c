package kerf.coding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Network;
import kerf.plot.BarPlot;
import kerf.plot.Plot;
import kerf.table.Decimals;
import kerf.table.Rows;
import kerf.table.TableHtml;
import kerf.table.TableText;
import tech.tablesaw.api.Table;

/**
 * Where a network's bytes go and what each step of Deep Compression saves, layer by layer, every
 * overhead counted. All of it is measured: the steps are written by the same encoder as the file.
 *
 * @param network what it is of
 * @param rows a layer each, then the description
 */
public record Ledger(String network, List<LedgerRow> rows) implements Shown {
  private static final String DESCRIPTION = "description";

  /**
   * Copies the rows.
   *
   * @param network what it is of
   * @param rows a layer each, then the description
   */
  public Ledger {
    Argument.require("network", network);
    Argument.require("rows", rows);
    rows = List.copyOf(rows);
  }

  /**
   * Keeps the account of a network's encoding.
   *
   * @param network any network
   * @return the ledger, whose total is {@link Encoded#size}
   */
  public static Ledger of(Network network) {
    Argument.require("network", network);
    Encoder encoder = new Encoder(network);
    Map<String, LedgerRow> rows = new LinkedHashMap<>();
    for (StoredArray array : encoder.arrays()) {
      String layer = array.spec().layer();
      rows.merge(layer, row(layer, array), (one, other) -> one.and(other, layer));
    }
    List<LedgerRow> all = new ArrayList<>(rows.values());
    long frames = encoder.bytes().length - all.stream().mapToLong(LedgerRow::huffman).sum();
    all.add(new LedgerRow(DESCRIPTION, 0, 0, 0, frames, frames, frames, 0, 0, 0, 0, frames, 0, 0));
    return new Ledger(network.architecture().describe(), all);
  }

  private static LedgerRow row(String layer, StoredArray array) {
    CodedArray coded = array.coded(Stage.HUFFMAN);
    long dense = 4L * array.codes().length;
    return new LedgerRow(
        layer,
        array.codes().length,
        Arrays.stream(array.codes()).filter(code -> code != 0).count(),
        dense,
        array.coded(Stage.SPARSE).bytes().length,
        array.coded(Stage.CODEBOOK).bytes().length,
        coded.bytes().length,
        bytes(coded, Share.INDEX),
        bytes(coded, Share.VALUES),
        bytes(coded, Share.CODEBOOK),
        bytes(coded, Share.TABLES),
        bytes(coded, Share.HEADER) + bytes(coded, Share.PADDING),
        Gzip.bytes(array.plain()),
        (double) coded.bytes().length / dense);
  }

  private static double bytes(CodedArray coded, Share share) {
    return coded.spent().getOrDefault(share, 0L) / 8.0;
  }

  /**
   * Adds up the rows.
   *
   * @return the row of the whole network
   */
  public LedgerRow total() {
    return rows.stream().reduce((one, other) -> one.and(other, "total")).orElseThrow();
  }

  /**
   * Lists the layers.
   *
   * @return a table, a row a layer, then the description and the total
   */
  public Table table() {
    List<LedgerRow> all = new ArrayList<>(rows);
    all.add(total());
    return Rows.table("Bytes of " + network, LedgerRow.class, all);
  }

  /**
   * A bar of the waterfall.
   *
   * @param step what is done
   * @param from the bytes before, 0 for the first and the last bar
   * @param to the bytes afterwards
   */
  private record Bar(String step, @Decimals(1) double from, @Decimals(1) double to) {}

  /**
   * Draws what each step saves.
   *
   * @return a waterfall in kilobytes of 1000 bytes, from the dense network to the file
   */
  public BarPlot chart() {
    LedgerRow total = total();
    List<Bar> bars =
        List.of(
            new Bar("dense", 0, total.dense() / 1000.0),
            new Bar("zeros left out", total.dense() / 1000.0, total.sparse() / 1000.0),
            new Bar("codebook", total.sparse() / 1000.0, total.codebook() / 1000.0),
            new Bar("Huffman", total.codebook() / 1000.0, total.huffman() / 1000.0),
            new Bar("file", 0, total.huffman() / 1000.0));
    return Plot.bars(Rows.table("Bytes", Bar.class, bars))
        .x("step")
        .from("from")
        .y("to")
        .xTitle("")
        .yTitle("kilobytes")
        .title(network);
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(this + "\n" + TableText.text(table())).html(TableHtml.html(table()));
  }

  @Override
  public String toString() {
    LedgerRow total = total();
    return "%s: %,d bytes dense, %,d as a file: %.1f times smaller (measured)"
        .formatted(
            network, total.dense(), total.huffman(), (double) total.dense() / total.huffman());
  }
}
