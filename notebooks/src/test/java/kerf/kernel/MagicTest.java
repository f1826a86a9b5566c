package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import jdk.jshell.JShell;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MagicTest {
  private final JShell shell = JShell.builder().executionEngine("local").build();

  @AfterEach
  void close() {
    shell.close();
  }

  @Test
  void standsAtTheStartOfAPieceOnly() {
    assertThat(magics("String t = \"\"\"\n%maven a:b:1\n  %jars x\n\"\"\";\nt")).isEmpty();
    assertThat(magics("int m(int a) {\n  return a\n %2;\n}")).isEmpty();
    assertThat(magics("int a = 7\n%2;")).isEmpty();
    assertThat(magics("/*\n%jars x\n*/ int a = 1;")).isEmpty();
    assertThat(magics("int a = 1;\n  %jars x.jar\n// %jars y\n%maven a:b:1 c:d:2"))
        .containsExactly("LINE jars [x.jar]", "LINE maven [a:b:1, c:d:2]");
  }

  @Test
  void takesTheRestOfItsLineOrOfItsCell() {
    Magic line = Magic.at("%jars 'a b.jar' \"c\" d\nint a;", 0);
    assertThat(line.arguments()).containsExactly("a b.jar", "c", "d");
    assertThat(line.end()).isEqualTo("%jars 'a b.jar' \"c\" d".length());
    Magic cell = Magic.at("%%time x\nint a;\nint b;", 0);
    assertThat(cell.body()).isEqualTo("\nint a;\nint b;");
    assertThat(magics("%%time\nint a;\n%jars x")).containsExactly("CELL time []");
  }

  @Test
  void asksByAQuestionMarkAtTheEndOfACell() {
    assertThat(magics("List?")).containsExactly("QUESTION List []");
    assertThat(magics("int a = 1;\na.b??\n")).containsExactly("QUESTION a.b []");
    assertThat(magics("boolean b = true;\nint a = b?\n1 : 2;")).isEmpty();
  }

  @Test
  void assignsItsValue() {
    Piece piece = Piece.cut(shell.sourceCodeAnalysis(), "String s = %jars a.jar\nint b;").get(0);
    assertThat(piece.magic()).isNull();
    assertThat(piece.source()).startsWith("String s =").contains("lineMagic(").doesNotContain("%");
  }

  private List<String> magics(String cell) {
    return Piece.cut(shell.sourceCodeAnalysis(), cell).stream()
        .map(Piece::magic)
        .filter(magic -> magic != null)
        .map(magic -> magic.kind() + " " + magic.name() + " " + magic.arguments())
        .toList();
  }
}
