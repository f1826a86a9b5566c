/**
 * Networks in as few bytes as their zeros, formats and shared values allow, with a real decoder,
 * and the account of where the bytes go.
 *
 * <pre>{@code
 * Encoded small = Encoded.of(network);
 * small.save("net.kerf");                   // what size() says is what the disk holds
 * Encoded.read(Path.of("net.kerf")).network();   // the same weights, the same predictions
 * Ledger.of(network)                        // dense, nonzeros + index, codebook, Huffman
 * }</pre>
 *
 * <p>S. Han et al., "Deep Compression: Compressing Deep Neural Networks with Pruning, Trained
 * Quantization and Huffman Coding", ICLR 2016.
 *
 * <p>What does not belong here: files for other tools ({@code kerf.storage}, {@code kerf.export}).
 */
package kerf.coding;
