package kerf.trace;

import ai.djl.ndarray.NDArray;
import kerf.model.Session;
import kerf.random.RandomStream;

/** What a graph computes with: values for its parameters, and how it is meant to run. */
public interface Binding {

  /**
   * Gives the value of a parameter.
   *
   * @param parameter its name, such as {@code conv1.weight}
   * @return a native array
   */
  NDArray array(String parameter);

  /**
   * Gives the stream that dropout draws from.
   *
   * @return the stream
   */
  RandomStream dropout();

  /**
   * Tells whether the run is part of training.
   *
   * @return true to normalize by the batch's own statistics and to drop out
   */
  boolean training();

  /**
   * Binds a graph to the values of a session.
   *
   * @param session a session of the network the graph was made from
   * @param training whether the run is part of training
   * @return the values of the session
   */
  static Binding of(Session session, boolean training) {
    return new Binding() {
      @Override
      public NDArray array(String parameter) {
        return session.array(parameter);
      }

      @Override
      public RandomStream dropout() {
        return session.dropout();
      }

      @Override
      public boolean training() {
        return training;
      }
    };
  }
}
