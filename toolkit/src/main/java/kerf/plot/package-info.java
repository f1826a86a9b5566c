/**
 * Tables in, figures out: lines, bars, histograms and heat maps in one style, that of a figure in a
 * paper. White ground, colours that colour-blind readers tell apart, markers and dashes that tell
 * series apart in print, axes named with their units, and never a legend over the data.
 *
 * <pre>{@code
 * var accuracy = Plot.line(levels)
 *     .x("weights remaining").y("test accuracy").by("arm")
 *     .mean()                                  // over the rows with the same x: bars least to greatest
 *     .logX().decreasingX().percentX().percentY();
 * accuracy                                     // shows itself in a cell
 * Figure.grid(2, accuracy, stop, last, training).caption("Bars: least to greatest of 3 seeds.")
 *     .save(Path.of("figure4.svg"));
 * }</pre>
 *
 * <p>What a column means is not known here. The look follows <a
 * href="https://jfly.uni-koeln.de/color/">Okabe and Ito, Color Universal Design</a>.
 */
package kerf.plot;
