package kerf.qat;

/**
 * The batch normalization that a layer's weights will be folded into, so that they are rounded as
 * they will be then: B. Jacob et al. 2018, section 3.2.
 *
 * @param scale the name of gamma
 * @param variance the name of the running variance
 * @param epsilon added to the variance
 */
public record Fold(String scale, String variance, float epsilon) {}
