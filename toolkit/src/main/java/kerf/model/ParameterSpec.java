package kerf.model;

import ai.djl.nn.Parameter;
import java.util.Arrays;
import java.util.Objects;

/**
 * What is known of one parameter before it has values.
 *
 * @param name layer and role, such as {@code fc1.weight} or {@code bn2.runningMean}
 * @param layer the layer's name, such as {@code fc1}
 * @param role what it does in the layer
 * @param shape its shape, as PyTorch lays it out: {@code (out, in)} for a linear layer, {@code
 *     (out, in, height, width)} for a convolution
 */
public record ParameterSpec(String name, String layer, Role role, long... shape) {

  /** The parts a parameter can play in its layer. */
  public enum Role {
    /** Multiplies inputs; the only role that is pruned. */
    WEIGHT,
    /** Is added to outputs. */
    BIAS,
    /** Batch normalization's scale. */
    SCALE,
    /** Batch normalization's shift. */
    SHIFT,
    /** Batch normalization's running mean, not trained. */
    RUNNING_MEAN,
    /** Batch normalization's running variance, not trained. */
    RUNNING_VARIANCE,
    /** What a block counts for itself while it trains, such as duty cycles; not trained. */
    STATE,
    /**
     * The pass over the training data that the network is in, from 0: the training writes it, a
     * block reads it. Any parameter of the name {@link #EPOCH_NAME} without a gradient.
     */
    EPOCH,
    /** Anything else a block of the user's may hold. */
    OTHER;

    /** The name by which a block asks to be told the pass. */
    public static final String EPOCH_NAME = "epoch";

    static Role of(Parameter parameter) {
      return switch (parameter.getType()) {
        case WEIGHT -> WEIGHT;
        case BIAS -> BIAS;
        case GAMMA -> SCALE;
        case BETA -> SHIFT;
        case RUNNING_MEAN -> RUNNING_MEAN;
        case RUNNING_VAR -> RUNNING_VARIANCE;
        default -> other(parameter);
      };
    }

    private static Role other(Parameter parameter) {
      if (parameter.requiresGradient()) {
        return OTHER;
      }
      return parameter.getName().equals(EPOCH_NAME) ? EPOCH : STATE;
    }

    /**
     * Gives DJL's word for the role.
     *
     * @return the type for which {@link #of} gives this role, if the parameter is trained as it
     *     says
     */
    public Parameter.Type type() {
      return switch (this) {
        case WEIGHT -> Parameter.Type.WEIGHT;
        case BIAS -> Parameter.Type.BIAS;
        case SCALE -> Parameter.Type.GAMMA;
        case SHIFT -> Parameter.Type.BETA;
        case RUNNING_MEAN -> Parameter.Type.RUNNING_MEAN;
        case RUNNING_VARIANCE -> Parameter.Type.RUNNING_VAR;
        case STATE, EPOCH, OTHER -> Parameter.Type.OTHER;
      };
    }

    /**
     * Tells whether gradients are taken.
     *
     * @return false for running statistics and states
     */
    public boolean trained() {
      return switch (this) {
        case RUNNING_MEAN, RUNNING_VARIANCE, STATE, EPOCH -> false;
        default -> true;
      };
    }
  }

  /**
   * Counts the elements.
   *
   * @return the product of the shape
   */
  public int size() {
    return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
  }

  /**
   * Tells whether masks act on this parameter.
   *
   * @return true for weights of two or more dimensions
   */
  public boolean prunable() {
    return role == Role.WEIGHT && shape.length >= 2;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterSpec spec
        && name.equals(spec.name)
        && layer.equals(spec.layer)
        && role == spec.role
        && Arrays.equals(shape, spec.shape);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, layer, role, Arrays.hashCode(shape));
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape);
  }
}
