package kerf.training;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.ParameterSpec;
import kerf.model.Session;
import kerf.random.RandomStream;
import kerf.tensor.Scope;
import kerf.tensor.Value;

/**
 * A training under way: parameters, optimizer state and masks in native memory. Hooks see it; only
 * the loop moves it.
 */
public final class Run implements AutoCloseable {
  private final Optimizer optimizer;
  private final Loss.Arithmetic loss;
  private final List<Penalty.Term> penalties;
  private final Session session;
  private final Scope scope;
  private final List<ParameterSpec> trained;
  private final Map<String, List<NDArray>> slots = new LinkedHashMap<>();
  private final Value parameters;
  private final Value steps;
  private final List<Value> slotValues = new ArrayList<>();
  private final long perEpoch;
  private final long total;
  private final long stepsBefore;
  private final RandomStream dropout;
  private final List<Record> notes = new ArrayList<>();

  private Network start;
  private long iteration;
  private Mask mask;
  private List<NDArray> maskArrays = List.of();
  private Value masked;
  private Value masks;
  private boolean dense;

  Run(Scope scope, Training plan, Checkpoint from, long perEpoch) {
    this.scope = scope;
    this.optimizer = plan.optimizer();
    this.start = from.network();
    this.iteration = from.iteration();
    this.perEpoch = perEpoch;
    this.total = plan.until().iterations(perEpoch);
    this.stepsBefore = from.optimizer().steps() - from.iteration();
    this.dropout = RandomStream.of(plan.seed(), "dropout");
    this.session = new Session(scope, start, dropout);
    this.trained = session.trained();
    this.loss = plan.loss().arithmetic(scope);
    loss.watch(session);
    this.penalties = plan.penalties().stream().map(p -> p.term(start, trained)).toList();
    List<NDArray> arrays = trained.stream().map(spec -> session.array(spec.name())).toList();
    arrays.forEach(array -> array.setRequiresGradient(true));
    this.parameters = Value.of(arrays);
    this.steps =
        Value.of(
            trained.stream()
                .map(spec -> scope.tensor(new float[] {from.optimizer().steps()}))
                .toList());
    for (String slot : optimizer.slots()) {
      Map<String, float[]> before = from.optimizer().slots().getOrDefault(slot, Map.of());
      List<NDArray> own = new ArrayList<>();
      for (ParameterSpec spec : trained) {
        float[] values = before.getOrDefault(spec.name(), new float[spec.size()]);
        own.add(scope.tensor(values, spec.shape()));
      }
      slots.put(slot, own);
      slotValues.add(Value.of(own));
    }
    prune(start.mask());
    session.epoch(iteration / perEpoch);
  }

  /**
   * Counts the optimizer steps taken, those before a checkpoint included.
   *
   * @return 0 or more
   */
  public long iteration() {
    return iteration;
  }

  /**
   * Gives the length of the training.
   *
   * @return the last iteration
   */
  public long total() {
    return total;
  }

  /**
   * Gives the length of a pass over the training images.
   *
   * @return iterations
   */
  public long perEpoch() {
    return perEpoch;
  }

  /**
   * Tells which weights are kept now.
   *
   * @return the mask
   */
  public Mask mask() {
    return mask;
  }

  /**
   * Copies the network as it is now.
   *
   * @return a network of its own
   */
  public Network network() {
    return start.revalued(session.values()).masked(mask);
  }

  /**
   * Prunes while training goes on: weights, momentum and moments outside the mask become 0 and stay
   * so.
   *
   * @param wanted what to keep; what is pruned already stays pruned
   * @throws IllegalArgumentException if the mask is of another architecture
   */
  public void prune(Mask wanted) {
    hold(start.masked(wanted));
  }

  /**
   * Gives all weights back while training goes on, those too that were pruned before it. They start
   * from 0, without momentum or moments.
   */
  public void revive() {
    hold(start.unmasked());
  }

  /**
   * Reads a state of the network, such as the ranges of quantization-aware training.
   *
   * @param parameter the name of a parameter that is not trained
   * @return a copy of its values
   * @throws IllegalArgumentException if the network has no such state
   */
  public float[] state(String parameter) {
    return Scope.floats(stateArray(parameter));
  }

  /**
   * Writes a state of the network.
   *
   * @param parameter the name of a parameter that is not trained
   * @param values as many as it has
   * @throws IllegalArgumentException if the network has no such state
   */
  public void state(String parameter, float... values) {
    NDArray array = stateArray(parameter);
    Scope.passing(
        () -> {
          try (Value to = Value.of(array);
              Value from = Value.of(Scope.beside(array, values))) {
            StepScript.SCRIPT.call("write", to, from).close();
          }
        });
  }

  /**
   * Tells whether the network has a state.
   *
   * @param parameter its name
   * @return false if there is no parameter of that name, or it is trained
   */
  public boolean hasState(String parameter) {
    return session.array(parameter) != null
        && trained.stream().noneMatch(spec -> spec.name().equals(parameter));
  }

  private NDArray stateArray(String parameter) {
    if (!hasState(parameter)) {
      throw new IllegalArgumentException(
          "no state '%s' in %s; a state is a parameter that is not trained"
              .formatted(parameter, start.architecture().describe()));
    }
    return session.array(parameter);
  }

  /**
   * Keeps a row of what happened, to be read from {@link Trained#notes}.
   *
   * @param row a record; rows of one type make a table
   */
  public void note(Record row) {
    notes.add(row);
  }

  List<Record> notes() {
    return notes;
  }

  private void hold(Network masked) {
    start = masked;
    mask = start.mask();
    List<NDArray> arrays = new ArrayList<>();
    List<Long> places = new ArrayList<>();
    Map<String, float[]> factors = start.factors();
    for (int i = 0; i < trained.size(); i++) {
      float[] own = factors.get(trained.get(i).name());
      if (own != null) {
        places.add((long) i);
        arrays.add(scope.tensor(own, trained.get(i).shape()));
      }
    }
    dense = arrays.isEmpty();
    closeMasks();
    maskArrays = arrays;
    this.masked = Value.of(places.stream().mapToLong(Long::longValue).toArray());
    masks = Value.of(arrays);
    applyMasks(parameters);
    slotValues.forEach(this::applyMasks);
  }

  Checkpoint checkpoint() {
    Map<String, Map<String, float[]>> memory = new LinkedHashMap<>();
    slots.forEach(
        (slot, arrays) -> {
          Map<String, float[]> values = new LinkedHashMap<>();
          for (int i = 0; i < arrays.size(); i++) {
            values.put(trained.get(i).name(), Scope.floats(arrays.get(i)));
          }
          memory.put(slot, values);
        });
    return new Checkpoint(
        iteration, network(), new OptimizerState(stepsBefore + iteration, memory));
  }

  Session session() {
    return session;
  }

  Loss.Arithmetic loss() {
    return loss;
  }

  /** One optimizer step down the gradient of the plan's loss and penalties. */
  void step(NDArray inputs, Value labels, Value lossSum, double rate) {
    step(
        inputs,
        outputs -> loss.gradients(new Batch(inputs, outputs, labels), parameters, lossSum),
        rate);
  }

  /** Gradients with respect to {@link #parameters}, given the recorded outputs. */
  @FunctionalInterface
  interface Gradients {
    Value of(Value outputs);
  }

  /** One optimizer step down other gradients than the plan's loss has. */
  void step(NDArray inputs, Gradients down, double rate) {
    session.dropout(dropout.split(Long.toString(iteration)));
    NDArray outputs = Scope.recording(() -> session.forward(inputs, true));
    try (Value recorded = Value.of(outputs);
        Value gradients = down.of(recorded)) {
      penalties.forEach(penalty -> penalty.add(parameters, gradients));
      applyMasks(gradients);
      clip(optimizer, gradients);
      List<Value> arguments = new ArrayList<>(List.of(parameters, gradients, steps));
      arguments.addAll(slotValues);
      List<Value> numbers = optimizer.arguments(rate);
      arguments.addAll(numbers);
      StepScript.SCRIPT.call(optimizer.function(), arguments.toArray(Value[]::new)).close();
      numbers.forEach(Value::close);
      applyMasks(parameters);
    }
    iteration++;
    if (iteration % perEpoch == 0) {
      session.epoch(iteration / perEpoch);
    }
  }

  static void clip(Optimizer optimizer, Value gradients) {
    if (Double.isFinite(optimizer.norm())) {
      try (Value norm = Value.of(optimizer.norm())) {
        StepScript.SCRIPT.call("clip", gradients, norm).close();
      }
    }
  }

  /** What a loss differentiates by. */
  Value parameters() {
    return parameters;
  }

  private void applyMasks(Value arrays) {
    if (!dense) {
      StepScript.SCRIPT.call("mask", arrays, masked, masks).close();
    }
  }

  @Override
  public void close() {
    parameters.close();
    steps.close();
    slotValues.forEach(Value::close);
    penalties.forEach(Penalty.Term::close);
    closeMasks();
  }

  private void closeMasks() {
    if (masked != null) {
      masked.close();
      masks.close();
      maskArrays.forEach(NDArray::close);
    }
  }
}
