package kerf.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * A user's own block that no graph can tell: every position of a sequence attends to all, {@code
 * softmax(q kᵀ) v}, after a table of positions is added.
 */
public final class Attention extends AbstractBlock {
  private final Parameter positions;
  private final Linear query;
  private final Linear key;
  private final Linear value;

  /** Takes inputs of {@code (batch, length, features)} and gives as many of as many units. */
  public Attention(int length, int features, int units) {
    positions =
        addParameter(
            Parameter.builder()
                .setName("positions")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(length, features))
                .build());
    query = addChildBlock("query", SmallNets.fc(units));
    key = addChildBlock("key", SmallNets.fc(units));
    value = addChildBlock("value", SmallNets.fc(units));
  }

  /** A classifier of sequences of 6 positions with 4 features: attention1, fc1 to fc4. */
  public static Network classifier() {
    return SmallNets.random(
        SmallNets.chain(new Attention(6, 4, 5), SmallNets.flat(), SmallNets.fc(3)), 6, 4);
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... shapes) {
    query.initialize(manager, type, shapes);
    key.initialize(manager, type, shapes);
    value.initialize(manager, type, shapes);
  }

  @Override
  public Shape[] getOutputShapes(Shape[] shapes) {
    return value.getOutputShapes(shapes);
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray input = inputs.singletonOrThrow();
    NDList x = new NDList(input.add(store.getValue(positions, input.getDevice(), training)));
    NDArray keys = key.forward(store, x, training).head();
    NDArray scores = query.forward(store, x, training).head().matMul(keys.transpose(0, 2, 1));
    return new NDList(scores.softmax(-1).matMul(value.forward(store, x, training).head()));
  }
}
