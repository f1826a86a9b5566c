package kerf.fuzz;

import java.nio.file.Path;
import java.util.Optional;
import kerf.random.RandomStream;

/** A kind of file that is read, with what must be known to edit it and to judge the reader. */
public interface Format {

  /**
   * Names the format on the command line.
   *
   * @return such as {@code npz}
   */
  String name();

  /**
   * Gives how the name of such a file ends.
   *
   * @return such as {@code .npz}
   */
  String suffix();

  /**
   * Makes a valid file.
   *
   * @param seed 0, 1, 2 ...; other seeds may give files of another structure
   * @return its bytes; equal for equal seeds
   */
  byte[] valid(long seed);

  /**
   * Reads a file as a user would.
   *
   * @param file may hold anything
   * @return all that a user gets of it, as a value with {@code equals}
   * @throws RuntimeException a {@link #refusal}, if the file is not one that can be read
   */
  Object read(Path file);

  /**
   * Gives the exception by which files are refused.
   *
   * @return the exception of this format, whose message names file and cure
   */
  Class<? extends RuntimeException> refusal();

  /**
   * Edits the structure once: sizes, names, types, offsets, with checksums and lengths repaired
   * where that is what it takes to get past them. Edits of bytes without regard to structure are
   * tried in any case and are not wanted here.
   *
   * @param bytes those of a file, valid or edited before
   * @param random decides where and what
   * @return the edited file; empty if this format has no edits of its own or these bytes cannot be
   *     taken apart any more
   */
  default Optional<Edited> edit(byte[] bytes, RandomStream random) {
    return Optional.empty();
  }

  /**
   * Tells whether a file carries a digest of all that is read of it.
   *
   * @return true if an edited file must never be read as other values than the valid one, unless
   *     its digest was made anew ({@link Edited#resealed})
   */
  default boolean sealed() {
    return false;
  }

  /**
   * An edit of a file's structure.
   *
   * @param what was done, for the report, such as {@code swapped the names fc1.weight and
   *     fc2.weight}
   * @param bytes the whole file
   * @param resealed whether checksums and digests were made anew or taken out, so that other values
   *     may be read
   */
  record Edited(String what, byte[] bytes, boolean resealed) {}
}
