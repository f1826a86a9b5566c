package kerf.experiment.robustness;

import kerf.table.Grouped;

/**
 * A noise score among bars.
 *
 * @param net which network it belongs to
 * @param source whose score it is
 * @param score images of 110,000 classified rightly
 */
record ScoreBar(String net, String source, @Grouped double score) {}
