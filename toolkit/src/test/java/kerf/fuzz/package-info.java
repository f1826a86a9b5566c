/**
 * Structure-aware fuzzing of every file that is read: valid files are edited, and what the reader
 * makes of each edit is judged. {@code FuzzTest} does a few thousand edits a format in every build,
 * and as many as are asked for with {@code ./mvnw -Pfuzz}.
 *
 * <p>A format is one class that implements {@link Format}, and a line in {@code Formats}.
 */
package kerf.fuzz;
