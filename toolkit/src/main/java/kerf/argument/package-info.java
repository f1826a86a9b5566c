/**
 * Arguments that must be there. The lowest room: every other may ask it, and it needs only Java.
 */
package kerf.argument;
