package kerf.trace;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.pytorch.engine.PtNDArray;
import java.util.List;
import java.util.function.Function;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class RefusalTest {
  private static final String KNOWN =
      "a graph knows convolution, linear, batchNorm, lstm, dropout, activations, pooling, add,"
          + " mul, clip, concat, reshape, transpose and get; write the block with those";

  private static final String VALUES =
      "it looks at values, and a graph is the same for all values; compute with operators alone";

  private static int line;

  /** Remembers the line it is called from, for the error that follows in that line. */
  private static NDArray here(NDArray array) {
    line = new Throwable().getStackTrace()[1].getLineNumber();
    return array;
  }

  private static void refuses(String operator, String reason, Function<NDArray, NDArray> lambda) {
    Network network =
        Network.of(
            new SequentialBlock().add(Linear.builder().setUnits(4).build()).addSingleton(lambda),
            3);
    String method =
        StackWalker.getInstance().walk(f -> f.skip(1).findFirst()).get().getMethodName();
    assertThatThrownBy(() -> Graph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            error ->
                org.assertj.core.api.Assertions.assertThat(error)
                    .hasMessage(
                        "cannot trace operator '%s', called at RefusalTest.%s (RefusalTest.java:%d): %s"
                            .formatted(operator, method, line, reason)));
  }

  @Test
  void unknownOperators() {
    refuses("exp", KNOWN, x -> here(x).exp());
    refuses("cumSum", KNOWN, x -> here(x).cumSum(1));
    refuses("mish", KNOWN, x -> here(x).getNDArrayInternal().mish());
  }

  @Test
  void knownOperatorsOfOtherThings() {
    String reason =
        "a graph knows %s of two arrays, found an array and a number; write the block with what it"
            + " knows";
    refuses("add", reason.formatted("add"), x -> here(x).add(3));
    refuses("mul", reason.formatted("mul"), x -> here(x).mul(2));
    refuses(
        "maximum",
        "a graph knows maximum of an array and a number, found two arrays; write the"
            + " block with what it knows",
        x -> here(x).maximum(x.tanh()));
    refuses(
        "mean",
        "a graph knows mean of an array over axes, with keepDims, found an array alone; write the"
            + " block with what it knows",
        x -> here(x).mean());
  }

  @Test
  void looksAtValues() {
    refuses("toFloatArray", VALUES, x -> here(x).toFloatArray()[0] > 0 ? x : x.tanh());
    refuses("getFloat", VALUES, x -> here(x).getFloat(0, 0) > 0 ? x : x.tanh());
    refuses("contentEquals", VALUES, x -> here(x).contentEquals(0) ? x : x.tanh());
    refuses("gt", KNOWN, x -> here(x).gt(0));
  }

  @Test
  void constants() {
    String reason = "an array of constants meets a traced one; make it a parameter of the block";
    refuses(
        "ones",
        "a block makes an array of its own; make it a parameter of the block",
        x -> here(x).add(x.getManager().ones(x.getShape())));
    refuses(
        "add",
        "it computes with constant zeros, which a graph takes only as weights or biases of its"
            + " layers",
        x -> here(x).add(x.getManager().zeros(x.getShape())));
    try (kerf.tensor.Scope scope = kerf.tensor.Scope.open()) {
      NDArray constant = scope.zeros(1, 4);
      refuses("add", reason, x -> here(x).add(constant));
      refuses("toByteBuffer", reason, x -> constant.add(here(x)));
    }
  }

  @Test
  void wholeNumbersAreForOneHotAlone() {
    refuses(
        "add",
        "a graph computes with floats; whole numbers it takes for oneHot(n) alone",
        x -> here(x).toType(DataType.INT64, false).add(x));
    refuses(
        "toType",
        "a graph knows toType of an array as INT64, before oneHot, found an array and int32;"
            + " write the block with what it knows",
        x -> here(x).toType(DataType.INT32, false));
    refuses(
        "oneHot",
        "a graph knows oneHot of an array of INT64, as floats, found an array and a number; write"
            + " the block with what it knows",
        x -> here(x).oneHot(3));
  }

  @Test
  void mixedSamples() {
    refuses(
        "reshape",
        "it mixes the samples of a batch; keep axis 0 as in reshape(x.size(0), -1)",
        x -> here(x).reshape(-1, 2));
    refuses(
        "flatten",
        "it mixes the samples of a batch; keep axis 0 as in reshape(x.size(0), -1)",
        x -> here(x).flatten());
    refuses(
        "transpose",
        "it moves the batch from axis 0; leave that axis where it is",
        x -> here(x).transpose());
    refuses(
        "concat", "it joins batches, axis 0; a graph joins axes after it", x -> here(x).concat(x));
    refuses(
        "softmax",
        "it mixes the samples of a batch; take an axis after the batch",
        x -> here(x).softmax(0));
    refuses(
        "mean",
        "a graph pools over all axes after the channels, 2 and on",
        x -> here(x).mean(new int[] {0}));
    refuses(
        "get",
        "a graph takes one slice of one axis after the batch, such as get(\":, -1\")",
        x -> here(x).get(0));
  }

  @Test
  void shapesThatDoNotFit() {
    refuses(
        "add",
        "Add needs inputs of one shape, found 4 and 1×4",
        x -> here(x).add(x.reshape(x.size(0), 1, 4)));
  }

  @Test
  void otherAxes() {
    Network network =
        Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .add(BatchNorm.builder().optAxis(2).build()),
            3,
            3);
    assertThatThrownBy(() -> Graph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "cannot trace operator 'batchNorm', called at BatchNorm\\.batchNorm"
                + " \\(BatchNorm\\.java:\\d+\\): a graph normalizes channels, axis 1, found axis 2");
  }

  @Test
  void anOperatorOfDjlsOwnBlockIsNamedByIt() {
    Network network =
        Network.of(
            new SequentialBlock().add(Linear.builder().setUnits(4).build()).add(Activation::mish),
            3);
    assertThatThrownBy(() -> Graph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "cannot trace operator 'mish', called at Activation\\.mish \\(Activation\\.java:\\d+\\): "
                + KNOWN);
  }

  @Test
  void aForwardThatTakesTheEnginesArraysAlone() {
    Network network =
        Network.of(
            new SequentialBlock()
                .add(Linear.builder().setUnits(4).build())
                .addSingleton(x -> (PtNDArray) x),
            3);
    assertThatThrownBy(() -> Graph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "cannot trace SequentialBlock: its forward fails on an array without values"
                + " (java.lang.ClassCastException: ");
  }

  @Test
  void moreThanOneOutput() {
    Network network =
        Network.of(
            new SequentialBlock()
                .add(
                    new ParallelBlock(
                        list -> new NDList(list.get(0).head(), list.get(1).head()),
                        List.of(Linear.builder().setUnits(4).build(), Blocks.identityBlock()))),
            3);
    assertThatThrownBy(() -> Graph.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot trace SequentialBlock: a graph has one output that comes from the input, found"
                + " 2 outputs");
  }
}
