package kerf.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.display.Bundle;
import kerf.display.Shown;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.storage.AtomicFile;
import kerf.storage.InputFile;

/**
 * A network in as few bytes as its zeros, formats and shared values allow, to the last bit: what
 * the bytes give back has the same parameters and predicts the same. A value.
 *
 * <p>The bytes hold the graph, so they can be read by themselves. A quantized network is stored in
 * its integers, short floats or shared values; the floats it came from are not.
 */
public final class Encoded implements Shown {
  private final Path origin;
  private final byte[] bytes;
  private final String name;

  private Encoded(Path origin, String name, byte... bytes) {
    this.origin = origin;
    this.name = name;
    this.bytes = bytes;
  }

  /**
   * Encodes a network: float, pruned, quantized, with shared values.
   *
   * @param network any network
   * @return its bytes
   */
  public static Encoded of(Network network) {
    Argument.require("network", network);
    String name = network.architecture().describe();
    return new Encoded(Path.of("bytes of " + name), name, new Encoder(network).bytes());
  }

  /**
   * Gives the numbers of a network without coding: what other compressors are given.
   *
   * @param network any network
   * @return parameter by parameter, zeros included: integers in whole bytes, floats in 4, short
   *     ones in 2; without scales
   */
  public static byte[] plain(Network network) {
    Argument.require("network", network);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new Encoder(network).arrays().forEach(array -> bytes.writeBytes(array.plain()));
    return bytes.toByteArray();
  }

  /**
   * Reads a file that {@link #save(Path)} wrote, and checks every part of it.
   *
   * @param file such as {@code net.kerf}
   * @return its bytes
   * @throws kerf.storage.UnreadableFileException if it is damaged; the message names the place
   */
  public static Encoded read(Path file) {
    Argument.require("file", file);
    InputFile.requireMemory(file, "bytes", InputFile.length(file));
    try {
      byte[] bytes = Files.readAllBytes(file);
      Container.parts(file, bytes);
      return new Encoded(file, file.getFileName().toString(), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s: %s".formatted(file, e), e);
    }
  }

  /**
   * Decodes the network.
   *
   * @return a network of the same graph: a {@link kerf.quantization.Quantized} if it was one, whose
   *     original is the network with its rounded weights
   * @throws kerf.storage.UnreadableFileException if the bytes are damaged, or hold no graph since
   *     the network could not be traced
   */
  public Network network() {
    return new Decoder(origin, bytes).network();
  }

  /**
   * Decodes the network of an architecture.
   *
   * @param architecture that of the network that was encoded; a quantized network that could be
   *     traced needs the graph in the bytes
   * @return a network of the same parameters
   * @throws kerf.storage.UnreadableFileException if the bytes are damaged, or of another
   *     architecture
   */
  public Network network(Architecture architecture) {
    Argument.require("architecture", architecture);
    return new Decoder(origin, bytes).network(architecture);
  }

  /**
   * Gives the bytes.
   *
   * @return a copy of what {@link #save(Path)} writes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Tells the size.
   *
   * @return bytes, of the whole file
   */
  public long size() {
    return bytes.length;
  }

  /**
   * Writes the bytes.
   *
   * @param file such as {@code net.kerf}; replaced whole or not at all
   */
  public void save(Path file) {
    Argument.require("file", file);
    AtomicFile.write(file, out -> out.write(bytes));
  }

  /**
   * Writes the bytes.
   *
   * @param file such as {@code "net.kerf"}; replaced whole or not at all
   */
  public void save(String file) {
    Argument.require("file", file);
    save(Path.of(file));
  }

  @Override
  public Bundle bundle() {
    return Bundle.of(toString());
  }

  @Override
  public String toString() {
    return "%s: %,d bytes".formatted(name, bytes.length);
  }
}
