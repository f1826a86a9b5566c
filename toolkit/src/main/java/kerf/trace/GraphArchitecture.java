package kerf.trace;

import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import kerf.model.Architecture;
import kerf.model.Initialization;
import kerf.model.Structure;

/** The architecture of networks that run a graph, such as a rewritten one. */
public final class GraphArchitecture implements Architecture {
  private final String name;
  private final Initialization initialization;
  private final Structure structure;

  /**
   * Makes an architecture.
   *
   * @param name what people call it, such as {@code slim lenet5}
   * @param initialization how weights start when a network is initialized anew
   * @param block what computes
   */
  public GraphArchitecture(String name, Initialization initialization, GraphBlock block) {
    this.name = name;
    this.initialization = initialization;
    this.structure = new Structure(block, block.graph().input().shape().getShape());
  }

  /**
   * Gives the name.
   *
   * @return what people call it, as it was given
   */
  public String name() {
    return name;
  }

  /**
   * Gives the graph.
   *
   * @return what its networks compute
   */
  public Graph graph() {
    return Graph.of(structure);
  }

  /** The name, and eight digits that differ between graphs. */
  @Override
  public String describe() {
    return "%s#%s(%s)".formatted(name, digest().substring(0, 8), initialization);
  }

  private String digest() {
    StringBuilder text = new StringBuilder();
    for (Node node : graph().nodes()) {
      text.append(node.name()).append(node.inputs());
      write(node.operator(), text);
      text.append(node.shape()).append('\n');
    }
    text.append(graph().output()).append(graph().parameters());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Every component of an operator, those that its short text leaves out as well. */
  private static void write(Operator operator, StringBuilder text) {
    text.append(operator.getClass().getName());
    if (operator.getClass().isRecord()) {
      for (RecordComponent component : operator.getClass().getRecordComponents()) {
        try {
          component.getAccessor().setAccessible(true);
          text.append(',').append(component.getAccessor().invoke(operator));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("cannot read " + component, e);
        }
      }
    } else {
      text.append(operator);
    }
  }

  @Override
  public Structure structure() {
    return structure;
  }

  @Override
  public Initialization initialization() {
    return initialization;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GraphArchitecture architecture
        && name.equals(architecture.name)
        && initialization.equals(architecture.initialization)
        && structure.block().equals(architecture.structure.block());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, initialization, structure.block());
  }

  @Override
  public String toString() {
    return describe();
  }
}
