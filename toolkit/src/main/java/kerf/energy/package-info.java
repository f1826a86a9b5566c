/**
 * The energy of one inference, split into arithmetic and traffic, and the memory that activations
 * take. Modelled, never measured: counts of a traced graph, times a table of energies.
 *
 * <pre>{@code
 * EnergyModel.standard().of(network)                    // a table, a row a layer
 * EnergyModel.standard().weightsFrom(Memory.SRAM_1MB).of(network).picojoules()
 * ActivationMemory.of(network).peakBytes()
 * }</pre>
 *
 * <p>M. Horowitz, "Computing's Energy Problem (and what we can do about it)", ISSCC 2014.
 */
package kerf.energy;
