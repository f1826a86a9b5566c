package kerf.experiment;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kerf.mask.LayerMask;
import kerf.model.Architecture;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ElementType;
import kerf.storage.Npy;

/**
 * What a finished unit leaves: numbers, curves and networks by name. A value; saved as one npz file
 * that numpy reads.
 */
public final class Outcome {
  private final UnitArrays arrays;

  private Outcome(UnitArrays arrays) {
    this.arrays = arrays;
  }

  /**
   * Begins with nothing.
   *
   * @return an empty outcome
   */
  public static Outcome empty() {
    return new Outcome(UnitArrays.none());
  }

  /**
   * Reads an outcome.
   *
   * @param file an npz file that {@link #save} wrote
   * @return empty if there is no such file
   * @throws kerf.storage.UnreadableFileException if the file is damaged
   */
  public static Optional<Outcome> read(Path file) {
    return UnitArrays.read(file).map(Outcome::new);
  }

  /**
   * Writes the outcome, whole or not at all.
   *
   * @param file an npz file; its folder is made if it is not there
   */
  public void save(Path file) {
    arrays.save(file);
  }

  /**
   * Adds a number.
   *
   * @param name its name, without {@code /}
   * @param value the number
   * @return an outcome with it
   */
  public Outcome number(String name, double value) {
    return curve(name, value);
  }

  /**
   * Gives a number.
   *
   * @param name its name
   * @return the number
   */
  public double number(String name) {
    double[] numbers = curve(name);
    if (numbers.length == 0) {
      throw arrays.damaged("a number called " + name, "a row of none");
    }
    return numbers[0];
  }

  /**
   * Adds a row of numbers.
   *
   * @param name its name, without {@code /}
   * @param values the numbers
   * @return an outcome with them
   */
  public Outcome curve(String name, double... values) {
    return and(Map.of(name, Npy.of(new long[] {values.length}, values)));
  }

  /**
   * Gives a row of numbers.
   *
   * @param name its name
   * @return the numbers
   * @throws IllegalArgumentException if there is none of that name
   */
  public double[] curve(String name) {
    return arrays.doubles(name, -1);
  }

  /**
   * Adds a network with its mask.
   *
   * @param name its name, without {@code /} and {@code :}
   * @param network the network
   * @return an outcome with it
   */
  public Outcome network(String name, Network network) {
    Map<String, Npy> own = new LinkedHashMap<>();
    for (ParameterSpec spec : network.architecture().structure().parameters()) {
      own.put(name + ":" + spec.name(), Npy.of(spec.shape(), network.values(spec.name())));
    }
    for (LayerMask layer : network.mask().layers()) {
      own.put(
          name + ":mask:" + layer.name(), Npy.of(ElementType.UINT8, layer.shape(), layer.bytes()));
    }
    return and(own);
  }

  /**
   * Gives a network.
   *
   * @param name its name
   * @param architecture the architecture it has
   * @return the network with its mask
   * @throws IllegalArgumentException if there is none of that name, or of another architecture
   */
  public Network network(String name, Architecture architecture) {
    return arrays
        .network(name + ":", architecture)
        .masked(arrays.mask(name + ":mask:", architecture));
  }

  private Outcome and(Map<String, Npy> more) {
    return new Outcome(arrays.and(more));
  }
}
