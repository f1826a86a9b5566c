package kerf.qat;

import kerf.model.Network;
import kerf.quantization.Quantized;
import kerf.training.History;
import kerf.training.Notes;
import kerf.training.Trained;

/** A network that was trained with rounded numbers, computing with them still. */
public final class QatTrained extends Network {
  private final Trained trained;
  private final Quantized quantized;

  QatTrained(Network start, Trained trained) {
    super(trained);
    this.trained = trained;
    this.quantized = Quantized.of(start, Qat.convert(trained));
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

  @Override
  public String toString() {
    return trained.toString();
  }
}
