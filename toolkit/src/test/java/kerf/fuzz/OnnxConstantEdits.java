package kerf.fuzz;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import kerf.random.RandomStream;

/** Edits the constants of ONNX files: shapes, types, numbers, and how they are kept. */
final class OnnxConstantEdits {
  private static final int[] TYPES = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 17, 21, 22, 0};

  private final GraphProto.Builder graph;
  private final RandomStream random;

  OnnxConstantEdits(GraphProto.Builder graph, RandomStream random) {
    this.graph = graph;
    this.random = random;
  }

  private long number() {
    return OnnxEdits.NUMBERS[random.nextInt(OnnxEdits.NUMBERS.length)];
  }

  private TensorProto.Builder anyConstant() {
    return graph.getInitializerBuilder(random.nextInt(graph.getInitializerCount()));
  }

  /** Changes an axis of a constant, with as many bytes as it then needs or without. */
  String shape() {
    TensorProto.Builder constant = anyConstant();
    long before = volume(constant);
    int axes = constant.getDimsCount();
    switch (random.nextInt(5)) {
      case 0 -> constant.addDims(random.nextInt(2) == 0 ? 1 : number());
      case 1 -> {
        if (axes > 0) {
          List<Long> rest = new ArrayList<>(constant.getDimsList()).subList(1, axes);
          constant.clearDims().addAllDims(rest);
        }
      }
      case 2 -> {
        if (axes > 1) {
          long first = constant.getDims(0);
          constant.setDims(0, constant.getDims(1)).setDims(1, first);
        }
      }
      default -> {
        if (axes > 0) {
          constant.setDims(random.nextInt(axes), number());
        }
      }
    }
    if (random.nextInt(4) > 0) {
      filled(constant, before);
    }
    return "shape %s of %s".formatted(constant.getDimsList(), constant.getName());
  }

  static long volume(TensorProto.Builder constant) {
    return constant.getDimsList().stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** Repeats a constant's bytes for its shape, if that is no more than a megabyte. */
  static void filled(TensorProto.Builder constant, long before) {
    ByteString bytes = constant.getRawData();
    long after = volume(constant);
    if (before < 1 || after < 1 || after > 1 << 18 || bytes.isEmpty()) {
      return;
    }
    int length = (int) Math.min(1 << 20, Math.max(1, bytes.size() * after / before));
    byte[] all = new byte[length];
    for (int i = 0; i < length; i++) {
      all[i] = bytes.byteAt(i % bytes.size());
    }
    constant.setRawData(ByteString.copyFrom(all));
  }

  String type() {
    TensorProto.Builder constant = anyConstant();
    int from = bits(constant.getDataType());
    constant.setDataType(TYPES[random.nextInt(TYPES.length)]);
    if (random.nextInt(4) > 0) {
      long length = (volume(constant) * bits(constant.getDataType()) + 7) / 8;
      byte[] all = new byte[(int) Math.max(0, Math.min(1 << 20, length))];
      for (int i = 0; i < all.length && !constant.getRawData().isEmpty(); i++) {
        all[i] = constant.getRawData().byteAt(i % constant.getRawData().size());
      }
      constant.setRawData(ByteString.copyFrom(all));
    }
    return "%s from %d bits to type %d".formatted(constant.getName(), from, constant.getDataType());
  }

  private static int bits(int type) {
    return switch (type) {
      case 1, 6, 12 -> 32;
      case 7, 11, 13 -> 64;
      case 4, 5, 10, 16 -> 16;
      case 21, 22 -> 4;
      default -> 8;
    };
  }

  /** Changes a number of a list such as a shape, or of any integers. */
  String integers() {
    List<TensorProto.Builder> lists =
        graph.getInitializerBuilderList().stream()
            .filter(each -> each.getDataType() == 7 && each.getRawData().size() >= 8)
            .toList();
    if (lists.isEmpty()) {
      return scales();
    }
    TensorProto.Builder list = lists.get(random.nextInt(lists.size()));
    byte[] bytes = list.getRawData().toByteArray();
    int at = random.nextInt(bytes.length / 8);
    long number = number();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at * 8, number);
    list.setRawData(ByteString.copyFrom(bytes));
    return "%d in %s".formatted(number, list.getName());
  }

  String scales() {
    TensorProto.Builder constant = anyConstant();
    byte[] bytes = constant.getRawData().toByteArray();
    if (bytes.length >= 4) {
      float scale = OnnxEdits.SCALES[random.nextInt(OnnxEdits.SCALES.length)];
      int at = random.nextInt(bytes.length / 4);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at * 4, scale);
    } else if (bytes.length > 0) {
      bytes[0] = (byte) random.nextInt(256);
    }
    constant.setRawData(ByteString.copyFrom(bytes));
    return "a number of " + constant.getName();
  }

  String storage() {
    TensorProto.Builder constant = anyConstant();
    switch (random.nextInt(5)) {
      case 0 -> constant.clearRawData().addFloatData(1).addFloatData(2);
      case 1 -> constant.addInt32Data((int) number());
      case 2 -> constant.clearRawData().addInt64Data(number());
      case 3 -> constant.clearRawData();
      default -> {
        constant.setDataLocation(TensorProto.DataLocation.EXTERNAL).clearRawData();
        constant.addExternalDataBuilder().setKey("location").setValue("/etc/passwd");
      }
    }
    return "storage of " + constant.getName();
  }
}
