package kerf.training;

import ai.djl.ndarray.NDArray;
import kerf.tensor.Value;

/**
 * Some samples, and what a network made of them.
 *
 * @param inputs of shape {@code (batch, ...)}
 * @param outputs of shape {@code (batch, classes)} or {@code (batch, time, classes)}
 * @param labels the number of each sample's class, of shape {@code (batch)}
 */
public record Batch(NDArray inputs, Value outputs, Value labels) {}
