/**
 * What a network computes, as a small immutable graph of operators, whatever Java code computes it.
 *
 * <p>{@link kerf.trace.Graph#of(kerf.model.Network)} hands a block symbols in place of arrays and
 * records the operators that it calls on them, so lambdas, parallel branches and blocks of the
 * user's own are seen through. A graph is plain data: other rooms read it (which channels belong
 * together, how many multiplications there are, what to export) and rewrite it (smaller shapes,
 * folded batch normalization). A graph also runs, operator by operator, so a rewritten one is a
 * network again:
 *
 * <pre>{@code
 * Graph graph = Graph.of(new Lenet5());
 * graph.node("conv2").operator();      // Conv2d(20→50, 5×5)
 * graph.macs();                        // 2,293,000
 * }</pre>
 *
 * <p>What does not belong here: why a graph is rewritten.
 */
package kerf.trace;
