package kerf.model;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import java.util.List;
import java.util.stream.Collectors;

/** The layers that the image architectures are built of. */
final class Layers {
  private Layers() {}

  /** A 3×3 convolution that keeps height and width (at stride 1), with a bias. */
  static Conv2d biased3x3(int filters) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .build();
  }

  /** A 3×3 convolution without a bias, which a batch normalization after it would cancel. */
  static Conv2d unbiased3x3(int filters, int stride) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(3, 3))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(1, 1))
        .optBias(false)
        .build();
  }

  /** A 1×1 convolution without a bias. */
  static Conv2d unbiased1x1(int filters, int stride) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(1, 1))
        .optStride(new Shape(stride, stride))
        .optBias(false)
        .build();
  }

  /** A 3×3 convolution of each channel by itself, without a bias. */
  static Conv2d depthwise3x3(int channels, int stride) {
    return Conv2d.builder()
        .setFilters(channels)
        .setKernelShape(new Shape(3, 3))
        .optPadding(new Shape(1, 1))
        .optStride(new Shape(stride, stride))
        .optGroups(channels)
        .optBias(false)
        .build();
  }

  /** A 3×3 convolution, batch normalization, ReLU. */
  static SequentialBlock normalized3x3(int filters, int stride) {
    return normalized3x3(filters, stride, Activation.RELU);
  }

  /** A 3×3 convolution, batch normalization, an activation. */
  static SequentialBlock normalized3x3(int filters, int stride, Activation activation) {
    return new SequentialBlock()
        .add(unbiased3x3(filters, stride))
        .add(normalization())
        .add(activation::apply);
  }

  /** Batch normalization and ReLU. */
  static SequentialBlock rectified() {
    return new SequentialBlock().add(normalization()).add(Activation.RELU::apply);
  }

  /** PyTorch's defaults: a tenth of each batch's statistics, 1e-5 under the root. */
  static BatchNorm normalization() {
    // DJL's momentum is what stays of the old statistics, PyTorch's what is taken of the new.
    return BatchNorm.builder().optMomentum(0.9f).optEpsilon(1e-5f).build();
  }

  /** 2×2 maxima at stride 2. */
  static Block halving() {
    return Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2));
  }

  static Linear linear(int units) {
    return Linear.builder().setUnits(units).build();
  }

  /** Widths as identities name them: {@code 16-32-64}. */
  static String named(List<Integer> widths) {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  /** Checks the filters of convolutions. */
  static List<Integer> requireWidths(
      String architecture, String wanted, int count, List<Integer> widths) {
    if (widths.size() != count
        || widths.isEmpty()
        || widths.stream().anyMatch(width -> width < 1)) {
      throw new IllegalArgumentException(
          "%s needs %s, each of at least 1, found %s".formatted(architecture, wanted, widths));
    }
    return List.copyOf(widths);
  }
}
