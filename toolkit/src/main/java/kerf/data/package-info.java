/**
 * Data: readers of the packaged datasets and of a user's own files, seeded splits and samples, and
 * what becomes of a pixel before a network sees it.
 *
 * <pre>{@code
 * var mnist = Datasets.mnist().validation(5_000, 0).normalization(unitRange());
 * var few = mnist.train().sample(512, 7);      // 512 images, balanced over the classes
 * float[] pixels = few.inputs();               // 512 x 784 floats, row by row
 * }</pre>
 *
 * <p>MNIST: Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-based learning applied to
 * document recognition", Proceedings of the IEEE 86(11), 1998.
 */
package kerf.data;
