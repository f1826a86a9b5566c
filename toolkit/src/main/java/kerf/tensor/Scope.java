package kerf.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.function.Supplier;
import kerf.random.RandomStream;

/**
 * A stretch of native memory: every array made in a scope is freed when the scope closes.
 *
 * <p>A scope belongs to the thread that opened it. Opening one switches gradient recording off for
 * that thread; {@link #recording} switches it on for one computation.
 */
public final class Scope implements AutoCloseable {
  private final PtNDManager manager;

  private Scope(PtNDManager manager) {
    this.manager = manager;
  }

  /**
   * Opens a scope, starting the engine at the first call of the process.
   *
   * @return an open scope
   */
  public static Scope open() {
    Scope scope = new Scope(Engine.newManager());
    // Both switches are per thread in the engine. The graph optimizer would specialize a script by
    // what its first callers passed, so that results could depend on who ran before.
    JniUtils.setGradMode(false);
    JniUtils.setGraphExecutorOptimize(false);
    return scope;
  }

  /**
   * Does work of which nothing native is kept: frees every array made by this thread in the
   * meantime, whoever made it and whatever scope it belongs to. For one step of a loop, since
   * operators attach their results to the scope of their first operand.
   *
   * @param work the work
   */
  public static void passing(Runnable work) {
    NDScope arrays = new NDScope();
    try {
      work.run();
    } finally {
      arrays.close();
    }
  }

  /**
   * Copies floats into native memory.
   *
   * @param values row-major values
   * @param shape their shape; its product must be {@code values.length}
   * @return an array of type float32
   */
  public NDArray tensor(float[] values, long... shape) {
    return aligned(manager.create(FloatBuffer.wrap(values), new Shape(shape), DataType.FLOAT32));
  }

  /**
   * Copies whole numbers into native memory.
   *
   * @param values row-major values
   * @param shape their shape; its product must be {@code values.length}
   * @return an array of type int64
   */
  public NDArray tensor(long[] values, long... shape) {
    return aligned(manager.create(LongBuffer.wrap(values), new Shape(shape), DataType.INT64));
  }

  /**
   * Copies doubles into native memory.
   *
   * @param values row-major values
   * @param shape their shape; its product must be {@code values.length}
   * @return an array of type float64
   */
  public NDArray tensor(double[] values, long... shape) {
    return aligned(manager.create(DoubleBuffer.wrap(values), new Shape(shape), DataType.FLOAT64));
  }

  /**
   * Makes an array of zeros.
   *
   * @param shape its shape
   * @return an array of type float32
   */
  public NDArray zeros(long... shape) {
    return manager.zeros(new Shape(shape), DataType.FLOAT32);
  }

  /**
   * Lets a block find out the shapes of its parameters and of what it passes on. Their arrays are
   * zeros that take no memory however many they are: whoever computes passes others to the block.
   *
   * @param block a block of any kind; one that is initialized already is left as it is
   * @param input the shape of one batch of inputs, batch size included
   */
  public static void shape(Block block, long... input) {
    synchronized (Shapes.ARRAYS) {
      if (!block.isInitialized()) {
        for (Parameter parameter : block.getParameters().values()) {
          parameter.setInitializer((manager, shape, type) -> Shapes.ZERO.broadcast(shape));
        }
        block.initialize(Shapes.ARRAYS, DataType.FLOAT32, new Shape(input));
      }
    }
  }

  /** What blocks hold in place of values; a view of one number for each parameter. */
  private static final class Shapes {
    static final PtNDManager ARRAYS = Engine.newManager();
    static final NDArray ZERO = ARRAYS.zeros(new Shape(1), DataType.FLOAT32);
  }

  /**
   * Makes a store that hands out these arrays to a block in place of the block's own.
   *
   * @param values the array of each parameter
   * @param dropout gives the stream that dropout layers draw from, asked by each of them
   * @return a store for {@code block.forward}
   */
  public ParameterStore store(Map<Parameter, NDArray> values, Supplier<RandomStream> dropout) {
    return new BoundParameters(manager, values, dropout);
  }

  /**
   * Gives the stream that dropout layers draw from.
   *
   * @param store what a block was handed by its caller
   * @return the stream
   * @throws IllegalStateException if the store is not one of {@link #store}
   */
  public static RandomStream dropoutStream(ParameterStore store) {
    if (store instanceof BoundParameters bound) {
      return bound.dropout();
    }
    throw new IllegalStateException(
        "dropout(rate) needs Kerf's training loop for its random stream, found a store of class "
            + store.getClass().getName()
            + "; train with training(), or use ai.djl's Dropout with DJL's Trainer");
  }

  /**
   * Copies floats into native memory beside an array: the same shape, the same lifetime.
   *
   * @param neighbour the array
   * @param values as many values as it has
   * @return an array of type float32
   */
  public static NDArray beside(NDArray neighbour, float[] values) {
    return neighbour
        .getManager()
        .create(FloatBuffer.wrap(values), neighbour.getShape(), DataType.FLOAT32);
  }

  /**
   * Copies floats into a vector in native memory beside an array: with the same lifetime.
   *
   * @param neighbour the array
   * @param values its elements
   * @return an array of type float32 and one axis
   */
  public static NDArray vectorBeside(NDArray neighbour, float... values) {
    return neighbour.getManager().create(values);
  }

  /**
   * Makes an array of zeros beside an array: with the same lifetime.
   *
   * @param neighbour the array
   * @param shape the shape of the zeros
   * @return an array of type float32
   */
  public static NDArray zerosBeside(NDArray neighbour, Shape shape) {
    return neighbour.getManager().zeros(shape, DataType.FLOAT32);
  }

  /**
   * Runs a computation while the engine records it for {@code torch.autograd}.
   *
   * @param <T> what the computation returns
   * @param computation the computation, on the calling thread
   * @return its result
   */
  public static <T> T recording(Supplier<T> computation) {
    JniUtils.setGradMode(true);
    try {
      return computation.get();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  /**
   * Views some rows of an array.
   *
   * @param array an array of one or more dimensions
   * @param first the first row
   * @param end the row after the last
   * @return a view on the same memory
   */
  public static NDArray rows(NDArray array, long first, long end) {
    return JniUtils.slice((PtNDArray) array, 0, first, end, 1);
  }

  /**
   * Copies an array out of native memory.
   *
   * @param array an array of type float32
   * @return its values, row-major
   */
  public static float[] floats(NDArray array) {
    return array.toFloatArray();
  }

  /** Frees all arrays made in this scope. */
  @Override
  public void close() {
    manager.close();
  }

  /**
   * Moves an array out of a Java buffer into memory that the engine aligns: matrix products may
   * differ in the last bit with the alignment of their operands.
   */
  private static NDArray aligned(NDArray wrapped) {
    NDArray copy = wrapped.duplicate();
    wrapped.close();
    return copy;
  }
}
