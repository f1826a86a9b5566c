/** Tests of the kernel's parts; the kernel as a whole is tested by {@code JupyterIT}. */
package kerf.kernel;
