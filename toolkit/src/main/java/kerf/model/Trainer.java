package kerf.model;

import kerf.data.Dataset;

/**
 * Whatever turns a network into a trained one.
 *
 * @param <T> the kind of network it returns
 */
public interface Trainer<T extends Network> {

  /**
   * Gives the seed from which a fresh network is initialized.
   *
   * @return any number
   */
  long seed();

  /**
   * Trains.
   *
   * @param start the network to start from; it stays as it is
   * @param data what to train on
   * @return the trained network
   */
  T train(Network start, Dataset data);
}
