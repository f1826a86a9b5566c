/**
 * How the loss bends: its second derivatives by the parameters of a network, from which
 * second-order pruning tells what a deletion will cost.
 *
 * <pre>{@code
 * Hessian hessian = Hessian.of(network, digits().train(), new MeanSquaredError());
 * hessian.gaussNewtonDiagonal();       // one number a parameter, never negative
 * hessian.inverse(1e-6);               // all n x n, for networks of a few thousand parameters
 * }</pre>
 *
 * <p>The exact Hessian is taken by differences of gradients in double precision. Its Gauss-Newton
 * part leaves out the curvature of the network itself: with J the derivatives of the outputs by the
 * parameters and L the second derivatives of the loss by the outputs it is the sum of Jᵀ L J over
 * the samples, what the papers call the Levenberg-Marquardt approximation. Y. LeCun, J. Denker, S.
 * Solla, "Optimal Brain Damage", NIPS 1989; B. Hassibi, D. Stork, "Second order derivatives for
 * network pruning: Optimal Brain Surgeon", NIPS 1992.
 *
 * <p>What does not belong here: which weights are pruned.
 */
package kerf.curvature;
