package kerf.qat;

/**
 * What can be switched while a network trains. A prepared network holds a number for each, 0 at
 * first, in the state {@value #STATE}.
 */
enum Switch {
  /** 1: ranges do not move any more. */
  OBSERVERS_FROZEN,
  /** 1: activations are observed, but not rounded yet. */
  ACTIVATIONS_DELAYED,
  /** 1: batch normalization uses its running statistics and does not move them. */
  STATISTICS_FROZEN;

  /** The name of the state. */
  static final String STATE = "qat.switches";
}
