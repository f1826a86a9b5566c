package kerf.measure;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import kerf.data.Datasets;
import kerf.model.Network;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;

/**
 * What a character network writes: after a beginning, one character after the other, each drawn
 * from what the network thinks likely and then read by it.
 */
public final class Continuation {
  private Continuation() {}

  /**
   * Continues a text in the characters of tiny Shakespeare.
   *
   * @param network such as a trained {@code charLstm(128)}, or a quantized one; it sees the last
   *     characters of its window's length
   * @param beginning at least one character
   * @param characters how many to add, 0 or more
   * @param seed equal seeds draw equally
   * @return the beginning and what follows
   * @throws IllegalArgumentException if the beginning is empty or holds a character that is not in
   *     tiny Shakespeare, the number is negative, or the network reads no characters
   */
  public static String of(Network network, String beginning, int characters, long seed) {
    String alphabet = Datasets.tinyShakespeareAlphabet();
    requireKnown(beginning, alphabet);
    requireCharacters(network, characters, alphabet);
    StringBuilder text = new StringBuilder(beginning);
    long[] shape = network.architecture().structure().inputShape();
    int window = Math.toIntExact(shape[shape.length - 1]);
    RandomStream stream = RandomStream.of(seed, "continuation");
    try (Scope scope = Scope.open()) {
      Session session = new Session(scope, network, RandomStream.of(0, "dropout"));
      for (int i = 0; i < characters; i++) {
        String seen = text.substring(Math.max(0, text.length() - window));
        float[][] scores = new float[1][];
        Scope.passing(() -> scores[0] = scores(scope, session, numbers(seen, alphabet)));
        text.append(alphabet.charAt(drawn(stream, alphabet.length(), scores[0])));
      }
    }
    return text.toString();
  }

  private static void requireKnown(String beginning, String alphabet) {
    if (beginning.isEmpty()) {
      throw new IllegalArgumentException(
          "a continuation needs a beginning of one character or more, found none; write \"ROMEO:\"");
    }
    for (char character : beginning.toCharArray()) {
      if (alphabet.indexOf(character) < 0) {
        throw new IllegalArgumentException(
            "a beginning must be of the characters %s, found '%s'"
                .formatted(alphabet.substring(1), character));
      }
    }
  }

  private static void requireCharacters(Network network, int characters, String alphabet) {
    if (characters < 0) {
      throw new IllegalArgumentException(
          "a continuation must add 0 characters or more, found " + characters);
    }
    long[] inputs = network.architecture().structure().inputShape();
    long[] outputs = network.architecture().structure().outputShape();
    boolean reads = inputs.length == 3 && inputs[0] == 1 && inputs[1] == 1;
    if (!reads || outputs.length != 2 || outputs[1] != alphabet.length()) {
      throw new IllegalArgumentException(
          "a continuation needs a network from characters to %d characters, found %s from %s to %s; take charLstm(128)"
              .formatted(
                  alphabet.length(),
                  network.architecture().describe(),
                  Arrays.toString(inputs),
                  Arrays.toString(outputs)));
    }
  }

  private static float[] numbers(String text, String alphabet) {
    float[] numbers = new float[text.length()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = alphabet.indexOf(text.charAt(i));
    }
    return numbers;
  }

  private static float[] scores(Scope scope, Session session, float... numbers) {
    NDArray input = scope.tensor(numbers, 1, 1, 1, numbers.length);
    return Scope.floats(session.forward(input, false));
  }

  /** Draws by the softmax of the last step's scores. */
  private static int drawn(RandomStream stream, int count, float... scores) {
    int first = scores.length - count;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < count; c++) {
      greatest = Math.max(greatest, scores[first + c]);
    }
    double[] upTo = new double[count];
    double sum = 0;
    for (int c = 0; c < count; c++) {
      sum += Math.exp(scores[first + c] - greatest);
      upTo[c] = sum;
    }
    double mark = stream.nextDouble() * sum;
    int chosen = 0;
    while (chosen < count - 1 && upTo[chosen] < mark) {
      chosen++;
    }
    return chosen;
  }
}
