package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.training.ParameterStore;
import ai.djl.training.initializer.Initializer;
import ai.djl.util.PairList;
import kerf.argument.Argument;
import kerf.tensor.Script;
import kerf.tensor.Value;

/**
 * The k-winners activation: of all units of a layer only the k with the largest activity pass their
 * value on, the others pass 0; the gradient is 1 for winners and 0 for the others. Ahmad and
 * Scheinkman, "How Can We Be So Dense?", 2019, section 3.2; {@code KWinners} and {@code KWinners2d}
 * of numenta/htmpapers.
 *
 * <p>So that no unit wins always, activities compete after multiplication by {@code exp(strength *
 * (k / n - duty))}: <i>duty</i> is how often a channel has won lately, over {@link #period} images,
 * and the strength of this boost decays with every pass over the training data, by {@link #decay}.
 * Inputs are {@code (batch, units)}, or {@code (batch, channels, height, width)}, where all
 * positions of all channels compete and those of one channel share a duty cycle. In inference more
 * units win, {@code k * inference}, and duty cycles stand still.
 *
 * <p>Duty cycles, the count of images they rest on and the pass the training is in are parameters
 * without a gradient ({@link ParameterSpec.Role#STATE} and {@link ParameterSpec.Role#EPOCH}): each
 * network has its own, saves them, and continues from them.
 */
public final class KWinners extends AbstractBlock {
  private static final Script SCRIPT =
      Script.compile(
          """
          def choose(self: __torch__.Kerf, x: Tensor, winners: Tensor, duty: Tensor, epoch: Tensor, k: List[int], strength: float, decay: float) -> NoneType:
            batch = torch.size(x, 0)
            channels = torch.size(x, 1)
            n = torch.floordiv(torch.numel(x), batch)
            now = torch.mul(torch.pow(decay, epoch), strength)
            density = torch.div(float(k[0]), float(n))
            boost = torch.exp(torch.mul(torch.rsub(duty, density), now))
            boosted = torch.mul(torch.reshape(x, [batch, channels, -1]), torch.reshape(boost, [1, channels, 1]))
            _0, index = torch.topk(torch.reshape(boosted, [batch, n]), k[0], 1, True, False)
            _1 = torch.scatter_(torch.view(winners, [batch, n]), 1, index, 1.)
            return None
          def count(self: __torch__.Kerf, x: Tensor, winners: Tensor, duty: Tensor, seen: Tensor, period: float) -> NoneType:
            batch = torch.size(x, 0)
            active = torch.to(torch.gt(torch.mul(x, winners), 0), 6)
            active = torch.reshape(active, [batch, torch.size(x, 1), -1])
            won = torch.sum(torch.mean(active, [2]), [0])
            _0 = torch.clamp_(torch.add_(seen, batch), None, period)
            images = torch.clamp(seen, batch)
            _1 = torch.mul_(duty, torch.sub(images, batch))
            _2 = torch.div_(torch.add_(duty, won), images)
            return None
          """);

  private final int k;
  private final double inference;
  private final double strength;
  private final double decay;
  private final int period;
  private final Parameter dutyCycle;
  private final Parameter seen;
  private final Parameter epoch;

  /**
   * Makes a layer with the settings of the paper: half as many winners more in inference, boosting
   * of strength 1.5 that decays by 0.85 a pass, duty cycles over 1,000 images.
   *
   * @param k how many units win, 1 or more and fewer than the layer has
   */
  public KWinners(int k) {
    this(k, 1.5, 1.5, 0.85, 1_000);
  }

  /**
   * Makes a layer.
   *
   * @param k how many units win, 1 or more and fewer than the layer has
   * @param inference how many times as many win in inference, 1 or more
   * @param strength the strength of boosting in the first pass, 0 or more; 0 for none
   * @param decay by what the strength is multiplied after each pass, in [0, 1]
   * @param period the images over which duty cycles are counted, 1 or more
   * @throws IllegalArgumentException if a number is out of its range
   */
  public KWinners(int k, double inference, double strength, double decay, int period) {
    require(k >= 1, "k must be 1 or more winners, found %s", k);
    require(inference >= 1, "inference must be a factor of 1 or more, found %s", inference);
    require(strength >= 0, "boost strength must be 0 or more, found %s", strength);
    require(decay >= 0 && decay <= 1, "boost decay must be in [0, 1], found %s", decay);
    require(period >= 1, "duty period must be 1 or more images, found %s", period);
    this.k = k;
    this.inference = inference;
    this.strength = strength;
    this.decay = decay;
    this.period = period;
    this.dutyCycle = state("dutyCycle");
    this.seen = state("seen");
    this.epoch = state(ParameterSpec.Role.EPOCH_NAME);
  }

  private Parameter state(String name) {
    return addParameter(
        Parameter.builder()
            .setName(name)
            .setType(Parameter.Type.OTHER)
            .optInitializer(Initializer.ZEROS)
            .optRequiresGrad(false)
            .build());
  }

  private static void require(boolean holds, String problem, Number found) {
    if (!holds) {
      throw new IllegalArgumentException(problem.formatted(found));
    }
  }

  /**
   * Counts the winners.
   *
   * @return how many units win in training
   */
  public int k() {
    return k;
  }

  @Override
  protected void prepare(Shape[] inputShapes) {
    Shape input = inputShapes[0];
    long units = input.size() / input.get(0);
    if (winners(false) >= units) {
      throw new IllegalArgumentException(
          "k-winners needs more units than winners, found %,d units for k = %,d and %,d in inference; use ReLU"
              .formatted(units, k, winners(false)));
    }
    dutyCycle.setShape(new Shape(input.get(1)));
    seen.setShape(new Shape(1));
    epoch.setShape(new Shape(1));
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDArray winners = input.zerosLike();
    try (Value x = Value.of(input);
        Value mask = Value.of(winners);
        Value duty = Value.of(store.getValue(dutyCycle, input.getDevice(), training));
        Value pass = Value.of(store.getValue(epoch, input.getDevice(), training));
        Value count = Value.of(new long[] {winners(training)});
        Value now = Value.of(strength);
        Value factor = Value.of(decay)) {
      SCRIPT.call("choose", x, mask, duty, pass, count, now, factor).close();
      if (training) {
        try (Value images = Value.of(store.getValue(seen, input.getDevice(), true));
            Value most = Value.of(period)) {
          SCRIPT.call("count", x, mask, duty, images, most).close();
        }
      }
    }
    // Only this product is recorded: it makes the gradient 1 for winners and 0 for the others.
    return new NDList(input.mul(winners));
  }

  private long winners(boolean training) {
    return training ? k : (long) Math.rint(k * inference);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputShapes) {
    Argument.require("inputShapes", inputShapes);
    return inputShapes;
  }
}
