/** What a library brings that renders in the kernel: a value, and an extension for it. */
package kerf.kernel.extension;
