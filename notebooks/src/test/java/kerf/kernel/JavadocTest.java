package kerf.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JavadocTest {
  private static final String SOURCE =
      """
      package a;

      class Words {
        /** A field. */
        public static final int SIZE = 1;

        /**
         * Sums {@code a} &lt; b, as {@link #SIZE} does.
         *
         * <p>More.
         *
         * @param a the first
         *     of them
         * @return the sum
         */
        static int sum(java.util.List<String> a, long... b) {
          return 0;
        }
      }
      """;

  @Test
  void readsTheCommentsOfASource() {
    assertThat(Javadoc.comments(SOURCE)).containsOnlyKeys("Words.SIZE", "Words.sum[List, long[]]");
  }

  @Test
  void writesAParagraphAndATagALine() {
    assertThat(JavadocText.plain(Javadoc.comments(SOURCE).get("Words.sum[List, long[]]")))
        .isEqualTo("Sums a < b, as SIZE does.\nMore.\n  a: the first of them\n  returns the sum");
  }

  @Test
  void knowsNothingOfAClassWithoutSources() {
    assertThat(Javadoc.of(String.class, "valueOf", List.of("int"))).isEmpty();
    assertThat(Javadoc.of(JavadocTest.class, "x", null)).isEmpty();
  }
}
