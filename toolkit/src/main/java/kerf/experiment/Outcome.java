package kerf.experiment;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import kerf.mask.LayerMask;
import kerf.model.Architecture;
import kerf.model.DivergedException;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.storage.ElementType;
import kerf.storage.Npy;

/**
 * What a finished unit leaves: numbers, curves and networks by name. A value; saved as one npz file
 * that numpy reads.
 */
public final class Outcome implements UnitResult {
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
   * The outcome of a unit whose numbers are not finite. It is kept like any other, since doing the
   * unit again would end in the same way: each of its numbers is NaN, and it has no network.
   *
   * @param why what diverged
   * @return the outcome
   */
  public static Outcome diverged(String why) {
    return new Outcome(UnitArrays.diverged(why));
  }

  @Override
  public Optional<String> divergence() {
    return arrays.divergence();
  }

  /**
   * Rounds a number that is a count, for a table.
   *
   * @param number such as {@link #number} gives
   * @return the count; null, which tables leave blank, for the NaN of a unit that diverged
   */
  public static Long count(double number) {
    return Double.isNaN(number) ? null : (Long) (long) Math.rint(number);
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
   * @return the number; NaN if the unit diverged
   */
  public double number(String name) {
    return curve(name, 1)[0];
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
   * @throws DivergedException if the unit diverged: nobody knows how many there would be
   * @throws IllegalArgumentException if there is none of that name
   */
  public double[] curve(String name) {
    requireEnded();
    return arrays.doubles(name, -1);
  }

  /**
   * Gives a row of so many numbers.
   *
   * @param name its name
   * @param length how many there are
   * @return the numbers; each NaN if the unit diverged
   * @throws IllegalArgumentException if there is none of that name, or of another length
   */
  public double[] curve(String name, int length) {
    if (divergence().isPresent()) {
      double[] none = new double[length];
      Arrays.fill(none, Double.NaN);
      return none;
    }
    return arrays.doubles(name, length);
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
   * @throws DivergedException if the unit diverged
   * @throws IllegalArgumentException if there is none of that name, or of another architecture
   */
  public Network network(String name, Architecture architecture) {
    requireEnded();
    return arrays
        .network(name + ":", architecture)
        .masked(arrays.mask(name + ":mask:", architecture));
  }

  private void requireEnded() {
    if (divergence().isPresent()) {
      throw new DivergedException(divergence().get());
    }
  }

  private Outcome and(Map<String, Npy> more) {
    return new Outcome(arrays.and(more));
  }
}
