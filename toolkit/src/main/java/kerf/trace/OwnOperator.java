package kerf.trace;

/** An operator that a room above adds to graphs, such as an observer or a fake quantizer. */
public non-sealed interface OwnOperator extends Operator {}
