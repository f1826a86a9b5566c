/**
 * How values reach a reader: as the result of a notebook cell, as a display that is updated in
 * place, as a line in a terminal. Knows kernels by the names of their methods only, so that a
 * program without any kernel loads and runs.
 *
 * <pre>{@code
 * for (Path file : Progress.of(files, "reading")) { ... }   // a bar in a notebook, a line elsewhere
 *
 * try (Progress progress = Progress.start("training", iterations)) {
 *   progress.message("seed 2, level 7").advance(100);
 * }
 * Display.show(figure);
 * }</pre>
 */
package kerf.display;
