/** Repairs. */
package kerf.repair;
