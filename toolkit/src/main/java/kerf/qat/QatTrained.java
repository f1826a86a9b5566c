package kerf.qat;

import kerf.model.Network;
import kerf.quantization.QuantizedGraph;
import kerf.training.History;
import kerf.training.Notes;
import kerf.training.Trained;

/** A network that was trained with rounded numbers, computing with them still. */
public final class QatTrained extends Network {
  private final Trained trained;
  private final QuantizedGraph converted;

  QatTrained(Trained trained) {
    super(trained);
    this.trained = trained;
    this.converted = Qat.convert(trained);
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
   * Gives the quantized form: ordinary layers with their grids.
   *
   * @return what simulation, integer execution and export read
   */
  public QuantizedGraph converted() {
    return converted;
  }

  @Override
  public String toString() {
    return trained.toString();
  }
}
