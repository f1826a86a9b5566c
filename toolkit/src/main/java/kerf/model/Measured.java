package kerf.model;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import kerf.argument.Argument;
import kerf.data.Samples;

/**
 * What was measured of a network: its values never change, so nothing needs to be measured twice.
 * Samples are told apart by identity and held weakly.
 */
public final class Measured {
  private final Map<Samples, Map<Object, Object>> found = new WeakHashMap<>();

  Measured() {}

  /**
   * Measures, or finds what was measured before.
   *
   * @param samples what is measured on
   * @param how what is measured, told apart by {@code equals}, such as a loss
   * @param measure computes the result; two threads that ask at the same time may both compute
   * @return the result
   */
  public Object on(Samples samples, Object how, Supplier<?> measure) {
    Argument.require("samples", samples);
    Argument.require("how", how);
    Argument.require("measure", measure);
    synchronized (found) {
      Object before = found.getOrDefault(samples, Map.of()).get(how);
      if (before != null) {
        return before;
      }
    }
    Object result = measure.get();
    synchronized (found) {
      found.computeIfAbsent(samples, s -> new HashMap<>()).put(how, result);
    }
    return result;
  }
}
