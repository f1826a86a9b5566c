package kerf.export;

import java.util.ArrayList;
import java.util.List;
import kerf.data.Samples;
import kerf.measure.Latency;

/** How long ONNX Runtime takes for files, which take turns: see {@link Latency}. */
public final class FileLatency {
  private FileLatency() {}

  /**
   * Times files against each other.
   *
   * @param files one or more, of one input shape
   * @param samples what they compute on, over and over where there are too few
   * @param batch images a computation, at least 1
   * @param rounds how often each is timed, at least 1
   * @return the median milliseconds of a batch, for each file
   * @throws IllegalArgumentException if ONNX Runtime refuses a file, or the samples are of another
   *     shape
   */
  public static List<Double> medians(List<OnnxFile> files, Samples samples, int batch, int rounds) {
    float[] values = Material.of(samples).inputs(0, batch);
    List<OnnxSession> sessions = new ArrayList<>();
    List<OnnxSession.Inputs> inputs = new ArrayList<>();
    try {
      List<Runnable> computations = new ArrayList<>();
      for (OnnxFile file : files) {
        OnnxSession session = OnnxSession.open(file.checked());
        sessions.add(session);
        OnnxSession.Inputs own = session.inputs(values, batch);
        inputs.add(own);
        computations.add(own::run);
      }
      return Latency.medians(computations, rounds);
    } finally {
      inputs.forEach(OnnxSession.Inputs::close);
      sessions.forEach(OnnxSession::close);
    }
  }
}
