/** What a notebook sees: the words of {@code Kerf}, and how values show themselves in a cell. */
package kerf.notebook;
