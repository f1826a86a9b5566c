package kerf.notebook;

/**
 * The words of a notebook: {@code import static kerf.notebook.Kerf.*;} is the only import it needs.
 *
 * <p>Every word is one line to the room that does the work. The words are declared in one class a
 * subject, each inheriting those of the one before, since a static import brings inherited words
 * too.
 */
public final class Kerf extends CodingWords {
  private Kerf() {}
}
