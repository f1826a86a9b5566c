/**
 * The Java kernel: cells in over Jupyter's wire protocol, JShell in the middle, outputs out.
 *
 * <p>The way of a cell: {@link kerf.kernel.Main} opens the sockets ({@code Wire}); a request goes
 * through {@code ShellLoop} to the {@code Evaluator}, which cuts the cell into JShell snippets; the
 * {@code CellRunner} runs each of them on the cell thread; whatever they print or display waits its
 * turn in the {@code Outbox}.
 *
 * <p>Nothing in here knows the toolkit. Renderers come in as JJava {@code Extension}s from the
 * class path, so that the same jar serves this kernel and a stock JJava.
 *
 * @see <a href="https://jupyter-client.readthedocs.io/en/stable/messaging.html">Messaging in
 *     Jupyter</a>
 */
package kerf.kernel;
