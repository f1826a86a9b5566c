package kerf.experiment;

/**
 * What a paper says, and what was measured here.
 *
 * @param claim in words
 * @param published the paper's figure
 * @param measured ours, mean over the seeds
 * @param tolerance what counts as holding
 * @param holds yes, no, or why nothing can be said
 */
public record Claim(
    String claim, String published, String measured, String tolerance, String holds) {}
