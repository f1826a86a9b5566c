package kerf.notebook;

import java.nio.file.Path;
import kerf.argument.Argument;
import kerf.data.Dataset;
import kerf.data.Datasets;

/** Words for data. The first of the classes that {@link Kerf} inherits its words from. */
class DataWords {
  static {
    // IJava has no extensions: the first word of a notebook, whichever class declares it, installs
    // what shows our values.
    Renderers.install();
  }

  DataWords() {}

  /**
   * MNIST: 55,000 training, 5,000 validation and 10,000 test images of 28x28.
   *
   * @return the dataset
   */
  public static Dataset mnist() {
    return Datasets.mnist();
  }

  /**
   * Fashion-MNIST, of the same shape as MNIST.
   *
   * @return the dataset
   */
  public static Dataset fashionMnist() {
    return Datasets.fashionMnist();
  }

  /**
   * UCI's optical digits of 8x8.
   *
   * @return the dataset
   */
  public static Dataset digits() {
    return Datasets.digits();
  }

  /**
   * Tiny Shakespeare in windows of 64 characters, each with the character that follows it.
   *
   * @return the dataset; for {@code charLstm(128)}
   */
  public static Dataset tinyShakespeare() {
    return tinyShakespeare(64);
  }

  /**
   * Tiny Shakespeare in other windows.
   *
   * @param length characters a window; for {@code charLstm(128).length(length)}
   * @return the dataset
   */
  public static Dataset tinyShakespeare(int length) {
    return Datasets.tinyShakespeare(length);
  }

  /**
   * Your own copy of CIFAR-10's binary version: color images of 3×32×32. Nothing is downloaded; see
   * {@link Datasets#cifar10} for where it is.
   *
   * @param folder such as {@code "/data/cifar-10-batches-bin"}
   * @return the dataset
   */
  public static Dataset cifar10(String folder) {
    Argument.require("folder", folder);
    return Datasets.cifar10(Path.of(folder));
  }

  /**
   * Your own copy of CIFAR-10's binary version.
   *
   * @param folder where its files are
   * @return the dataset
   */
  public static Dataset cifar10(Path folder) {
    Argument.require("folder", folder);
    return Datasets.cifar10(folder);
  }

  /**
   * The exclusive or of two bits, the smallest task that needs a hidden layer.
   *
   * @return the dataset of four samples
   */
  public static Dataset xor() {
    return Datasets.xor();
  }
}
