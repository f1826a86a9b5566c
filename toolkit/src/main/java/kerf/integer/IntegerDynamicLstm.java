package kerf.integer;

/**
 * One layer of an LSTM of dynamic quantization: both products in integers, the cell in floats. The
 * input is quantized once for the whole sequence, the state anew at every step. {@code
 * torch.ao.nn.quantized.dynamic.LSTM}.
 *
 * @param input the product with the input, {@code (4 * state, in)}: gates i, f, g, o
 * @param state the product with the state, {@code (4 * state, state)}
 */
public record IntegerDynamicLstm(IntegerDynamicLinear input, IntegerDynamicLinear state) {

  /**
   * What a sequence leaves.
   *
   * @param outputs the states of all steps, {@code (time, batch, state)}
   * @param state the last state, {@code (batch, state)}
   * @param cell the last cell, {@code (batch, state)}
   */
  public record Result(float[] outputs, float[] state, float[] cell) {}

  /**
   * Computes a batch of sequences, from a state of zeros.
   *
   * @param x {@code (time, batch, in)}, row-major
   * @param batch the number of sequences
   * @return all outputs, the last state and cell
   */
  public Result apply(float[] x, int batch) {
    int width = (int) state.weights().shape()[1];
    int steps = x.length / (batch * (int) input.weights().shape()[1]);
    float[] outputs = new float[steps * batch * width];
    float[] h = new float[batch * width];
    float[] c = new float[batch * width];
    float[] own = input.apply(x);
    for (int step = 0; step < steps; step++) {
      float[] past = state.apply(h);
      for (int row = 0; row < batch; row++) {
        int now = (step * batch + row) * 4 * width;
        int before = row * 4 * width;
        for (int unit = 0; unit < width; unit++) {
          float in = sigmoid(own[now + unit] + past[before + unit]);
          float forget = sigmoid(own[now + width + unit] + past[before + width + unit]);
          float fresh =
              (float) Math.tanh(own[now + 2 * width + unit] + past[before + 2 * width + unit]);
          float out = sigmoid(own[now + 3 * width + unit] + past[before + 3 * width + unit]);
          int at = row * width + unit;
          c[at] = forget * c[at] + in * fresh;
          h[at] = out * (float) Math.tanh(c[at]);
        }
      }
      System.arraycopy(h, 0, outputs, step * batch * width, h.length);
    }
    return new Result(outputs, h, c);
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }
}
