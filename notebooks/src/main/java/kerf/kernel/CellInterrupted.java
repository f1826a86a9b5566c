package kerf.kernel;

/** Thrown inside a cell that was interrupted; an Error, so that few programs catch it. */
final class CellInterrupted extends Error {
  private static final long serialVersionUID = 1L;

  CellInterrupted(String message) {
    super(message);
  }
}
