package kerf.experiment;

import java.nio.file.Path;
import java.util.Optional;
import kerf.model.DivergedException;

/**
 * Work whose units leave {@link Outcome}s, each a file of its own.
 *
 * @param <U> names a unit; a value with {@code equals}
 */
public abstract class OutcomeWork<U> implements Work<U, Outcome> {
  private final Path folder;

  /**
   * Begins work that is kept in a folder.
   *
   * @param folder the folder of the study, such as {@link Identity#folder} names it; perhaps not
   *     there yet
   */
  protected OutcomeWork(Path folder) {
    this.folder = folder;
  }

  /**
   * Names the file of a unit.
   *
   * @param unit the unit
   * @return an npz file, relative to the folder
   */
  protected abstract String path(U unit);

  @Override
  public void check() {
    Folders.requireWritable(folder);
  }

  @Override
  public final Optional<Outcome> diverged(U unit, DivergedException why) {
    return Optional.of(Outcome.diverged(why.getMessage()));
  }

  @Override
  public final Optional<Outcome> read(U unit) {
    return Outcome.read(folder.resolve(path(unit)));
  }

  @Override
  public final void write(U unit, Outcome done) {
    done.save(folder.resolve(path(unit)));
  }
}
