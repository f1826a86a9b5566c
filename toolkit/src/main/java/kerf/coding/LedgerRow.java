package kerf.coding;

import kerf.table.Decimals;
import kerf.table.Grouped;
import kerf.table.Percent;
import kerf.table.Title;

/**
 * A layer's row of the ledger. All bytes are measured: each column is what the encoder writes.
 *
 * @param layer the layer's name; {@code description}: the graph, formats and masks, with the
 *     lengths and checksums of all parts; {@code total}
 * @param numbers parameters and running statistics
 * @param nonzeros those of them that are not 0 once rounded
 * @param dense 4 bytes for every number
 * @param sparse 4 bytes for every number that is not 0, and where they are
 * @param codebook integers at their width, or indices into a codebook, in place of floats
 * @param huffman what the file holds: codes by how often values and distances occur
 * @param index bytes of the file that tell where values are
 * @param values bytes of the file that tell the values
 * @param codebooks bytes of the file for shared values, scales and zero points
 * @param tables bytes of the file for the lengths of Huffman codes
 * @param overhead bytes of the file for headers, checksums and padding
 * @param gzip bytes of the dense numbers, integers where the network is quantized, after gzip at
 *     its best; the description is not counted
 * @param share what the file holds over the dense bytes
 */
public record LedgerRow(
    String layer,
    @Grouped long numbers,
    @Grouped long nonzeros,
    @Grouped long dense,
    @Grouped @Title("nonzeros + index") long sparse,
    @Grouped long codebook,
    @Grouped @Title("Huffman: the file") long huffman,
    @Decimals(1) @Title("file: index") double index,
    @Decimals(1) @Title("file: values") double values,
    @Decimals(1) @Title("file: codebooks") double codebooks,
    @Decimals(1) @Title("file: tables") double tables,
    @Decimals(1) @Title("file: overhead") double overhead,
    @Grouped @Title("gzip of dense") long gzip,
    @Percent(2) @Title("of dense") double share) {

  /** Two rows as one. */
  LedgerRow and(LedgerRow other, String name) {
    return new LedgerRow(
        name,
        numbers + other.numbers,
        nonzeros + other.nonzeros,
        dense + other.dense,
        sparse + other.sparse,
        codebook + other.codebook,
        huffman + other.huffman,
        index + other.index,
        values + other.values,
        codebooks + other.codebooks,
        tables + other.tables,
        overhead + other.overhead,
        gzip + other.gzip,
        (double) (huffman + other.huffman) / Math.max(1, dense + other.dense));
  }
}
