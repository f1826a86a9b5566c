package kerf.export;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import kerf.tensor.Threads;

/** A model loaded by ONNX Runtime, with as many threads as the engine has. */
final class OnnxSession implements AutoCloseable {
  private static final OrtEnvironment ENVIRONMENT = environment();

  private final OrtSession session;
  private final String input;
  private final long[] sample;

  private OnnxSession(OrtSession session) throws OrtException {
    this.session = session;
    this.input = session.getInputNames().iterator().next();
    TensorInfo info = (TensorInfo) session.getInputInfo().get(input).getInfo();
    long[] shape = info.getShape();
    this.sample = Arrays.copyOfRange(shape, 1, shape.length);
  }

  private static OrtEnvironment environment() {
    NativeFolder.use();
    Set<Path> before = NativeFolder.temporary();
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "kerf");
    NativeFolder.leaveOut(before);
    return environment;
  }

  /**
   * Loads a model.
   *
   * @param model the bytes of a file
   * @throws IllegalArgumentException if ONNX Runtime refuses it
   */
  static OnnxSession open(byte[] model) {
    return open(model, Optional.empty());
  }

  /** Loads a model, and writes what ONNX Runtime makes of it. */
  static OnnxSession open(byte[] model, Optional<Path> optimized) {
    return open(model, optimized, Processor.clips());
  }

  /** Loads a model as it is, on whatever processor. */
  static OnnxSession plain(byte[] model) {
    return open(model, Optional.empty(), false);
  }

  /**
   * Loads a model.
   *
   * @param exact whether int8 weights are held as uint8, whose products are added in 32 bits on any
   *     processor; ONNX Runtime (from 1.26 on) does so even where int8 is exact and faster
   */
  static OnnxSession open(byte[] model, Optional<Path> optimized, boolean exact) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(Threads.asked());
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // Idle threads that spin would take a core from whatever is timed next.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (exact) {
        options.addConfigEntry("session.x64quantprecision", "1");
      }
      if (optimized.isPresent()) {
        options.setOptimizedModelFilePath(optimized.get().toString());
      }
      return new OnnxSession(ENVIRONMENT.createSession(model, options));
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  private static IllegalArgumentException refused(OrtException e) {
    return new IllegalArgumentException("ONNX Runtime refuses the model: " + e.getMessage(), e);
  }

  /** Copies inputs into native memory, to be run once or often. */
  Inputs inputs(float[] values, int batch) {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(values.length * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    buffer.put(values).rewind();
    long[] shape = new long[sample.length + 1];
    shape[0] = batch;
    System.arraycopy(sample, 0, shape, 1, sample.length);
    try {
      return new Inputs(OnnxTensor.createTensor(ENVIRONMENT, buffer, shape));
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      throw refused(e);
    }
  }

  /** A batch in native memory. */
  final class Inputs implements AutoCloseable {
    private final OnnxTensor tensor;

    private Inputs(OnnxTensor tensor) {
      this.tensor = tensor;
    }

    /** Computes and forgets. */
    void run() {
      try (OrtSession.Result result = session.run(Map.of(input, tensor))) {
        if (result.size() == 0) {
          throw new IllegalArgumentException("the model has no output");
        }
      } catch (OrtException e) {
        throw refused(e);
      }
    }

    /** Computes; integers come as floats of the same value. */
    Map<String, float[]> outputs() {
      try (OrtSession.Result result = session.run(Map.of(input, tensor))) {
        Map<String, float[]> outputs = new LinkedHashMap<>();
        result.forEach(each -> outputs.put(each.getKey(), values((OnnxTensor) each.getValue())));
        return outputs;
      } catch (OrtException e) {
        throw refused(e);
      }
    }

    @Override
    public void close() {
      tensor.close();
    }
  }

  private static float[] values(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    float[] values = new float[Math.toIntExact(info.getNumElements())];
    switch (info.type) {
      case FLOAT -> tensor.getFloatBuffer().get(values);
      case UINT8, INT8 -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        boolean signed = info.type == OnnxJavaType.INT8;
        for (int i = 0; i < values.length; i++) {
          values[i] = signed ? bytes.get(i) : Byte.toUnsignedInt(bytes.get(i));
        }
      }
      default ->
          throw new IllegalArgumentException(
              "outputs of a model must be float32 or 8-bit integers, found " + info.type);
    }
    return values;
  }
}
