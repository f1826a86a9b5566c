/**
 * Architectures, and networks: an architecture with values for its parameters and a mask.
 *
 * <p>An {@link kerf.model.Architecture} is a record that knows how to make a structure (a DJL
 * block) and how its weights start. A {@link kerf.model.Network} is a value: nothing changes it,
 * every verb returns another one.
 *
 * <pre>{@code
 * Network fresh = new Lenet300100().initialize(7);
 * Network mine = Network.of(myBlock, 1, 28, 28);
 * }</pre>
 *
 * <p>What does not belong here: how a network is trained or pruned.
 */
package kerf.model;
