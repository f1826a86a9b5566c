/**
 * The one door to native memory and to DJL's engine: scopes, scripts, gradients.
 *
 * <p>Nobody else creates an {@code NDManager}. A verb of another room opens a {@link
 * kerf.tensor.Scope}, works, and closes it; only plain Java values leave:
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   return Scope.floats(scope.tensor(values, 300, 784).mul(2));
 * }
 * }</pre>
 *
 * <p>Arithmetic that DJL has no call for (fused optimizer steps, gathering rows into a buffer) is a
 * {@link kerf.tensor.Script}: a few lines of TorchScript, compiled by the engine itself.
 */
package kerf.tensor;
