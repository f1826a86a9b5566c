package kerf.model;

import ai.djl.nn.SequentialBlock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The structures of parameterized architectures, made when first asked for: equal architectures
 * share one.
 */
final class Structures {
  private static final Map<Architecture, Structure> MADE = new ConcurrentHashMap<>();

  private Structures() {}

  static Structure of(
      Architecture architecture, ImageShape input, Supplier<SequentialBlock> maker) {
    return MADE.computeIfAbsent(
        architecture,
        made -> new Structure(maker.get(), input.channels(), input.height(), input.width()));
  }
}
