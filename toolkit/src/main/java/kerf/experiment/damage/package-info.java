/**
 * Second-order pruning against the criteria it set out to replace: on XOR, where it can be reasoned
 * which weights may go, on handwritten digits, where the rise of the loss is foretold and measured,
 * and, beside it, the trimming of whole units by how seldom they speak.
 *
 * <p>Y. LeCun, J. Denker, S. Solla, "Optimal Brain Damage", NIPS 1989; B. Hassibi, D. Stork,
 * "Second order derivatives for network pruning: Optimal Brain Surgeon", NIPS 1992; H. Hu et al.,
 * "Network Trimming: A Data-Driven Neuron Pruning Approach towards Efficient Deep Architectures",
 * arXiv:1607.03250, 2016.
 *
 * <pre>{@code
 * XorSurgery.of(Length.QUICK).run().claims();
 * BrainDamage.of(Length.QUICK).run().withoutRetraining();
 * }</pre>
 */
package kerf.experiment.damage;
