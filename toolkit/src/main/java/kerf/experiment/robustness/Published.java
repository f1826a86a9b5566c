package kerf.experiment.robustness;

/**
 * What table 1 of the article says of a network.
 *
 * @param accuracy the fraction of MNIST's test images classified rightly
 * @param score the noise score: images of 110,000 classified rightly
 * @param deviation the score's standard deviation over ten seeds; NaN where none is printed
 */
record Published(double accuracy, double score, double deviation) {
  /** The images of the article's score: eleven levels of noise on 10,000. */
  static final int IMAGES = 110_000;
}
