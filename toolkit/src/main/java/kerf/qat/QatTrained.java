package kerf.qat;

import kerf.data.Samples;
import kerf.model.Network;
import kerf.quantization.Quantized;
import kerf.training.History;
import kerf.training.Notes;
import kerf.training.Trained;
import tech.tablesaw.api.Table;

/** A network that was trained with rounded numbers, computing with them still. */
public final class QatTrained extends Network {
  private final Trained trained;
  private final Quantized quantized;

  QatTrained(Network start, Trained trained, Samples samples) {
    super(trained);
    this.trained = trained;
    this.quantized = Quantized.of(start, Qat.convert(trained), samples);
  }

  /**
   * Gives what was measured while it trained.
   *
   * @return the evaluations, with rounded numbers
   */
  public History history() {
    return trained.history();
  }

  /**
   * Gives what hooks noted while it trained.
   *
   * @return the notes
   */
  public Notes notes() {
    return trained.notes();
  }

  /**
   * Gives the quantized network: ordinary layers with their grids.
   *
   * @return what is evaluated, computed in integers and exported
   */
  public Quantized quantized() {
    return quantized;
  }

  /** The tensors of the quantized network. */
  @Override
  public Table table() {
    return quantized.table();
  }

  @Override
  public String toString() {
    return trained.toString();
  }
}
