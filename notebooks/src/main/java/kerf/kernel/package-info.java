/** The Java kernel: cells in over Jupyter's wire protocol, JShell in the middle, outputs out. */
package kerf.kernel;
