package kerf.quantization;

import kerf.scheme.Quantizer;
import kerf.trace.Activation;
import kerf.trace.Clip;
import kerf.trace.Graph;
import kerf.trace.Node;
import kerf.trace.Operator;

/**
 * The least and greatest integer that a layer gives out: the grid's ends, or where a ReLU behind it
 * cuts off.
 *
 * @param min the least
 * @param max the greatest
 */
record Bounds(int min, int max) {
  static final Bounds ALL = new Bounds(Integer.MIN_VALUE, Integer.MAX_VALUE);

  /** Of a node whose output, behind what clips it, is on a grid. */
  static Bounds of(Graph graph, Node node, Quantizer grid) {
    int min = grid.format().min();
    int max = grid.format().max();
    String end = Points.fused(graph, node.name());
    Operator clip = graph.node(end).operator();
    if (end.equals(node.name())) {
      return new Bounds(min, max);
    }
    double low = clip instanceof Clip bounds ? bounds.low() : 0;
    double high = clip instanceof Clip bounds ? bounds.high() : Double.POSITIVE_INFINITY;
    if (clip instanceof Activation activation
        && activation.function() == Activation.Function.RELU6) {
      high = 6;
    }
    return new Bounds(
        Double.isInfinite(low) ? min : integer(grid, low),
        Double.isInfinite(high) ? max : integer(grid, high));
  }

  private static int integer(Quantizer grid, double value) {
    return grid.quantize(new float[] {(float) value}, 1).integers()[0];
  }
}
