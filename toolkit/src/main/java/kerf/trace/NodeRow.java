package kerf.trace;

import kerf.table.Grouped;
import kerf.table.Title;

/**
 * A row of a graph's table.
 *
 * @param node its name
 * @param operator what it computes
 * @param inputs the nodes it reads
 * @param output the shape of its output, without the batch
 * @param parameters how many values its parameters have
 * @param macs its multiplications for one sample
 */
record NodeRow(
    String node,
    String operator,
    String inputs,
    String output,
    @Grouped long parameters,
    @Grouped @Title("MACs") long macs) {

  static NodeRow of(Graph graph, Node node) {
    long parameters =
        node.operator().parameters().stream().mapToLong(name -> graph.parameter(name).size()).sum();
    return new NodeRow(
        node.name(),
        node.operator().toString(),
        String.join(", ", node.inputs()),
        Sizes.text(node.shape()),
        parameters,
        node.macs());
  }
}
