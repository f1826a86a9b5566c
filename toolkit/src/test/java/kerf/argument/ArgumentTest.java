package kerf.argument;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArgumentTest {
  @Test
  void whatIsThereIsReturned() {
    List<String> layers = List.of("fc1");
    assertThat(Argument.require("layers", layers)).isSameAs(layers);
  }

  @Test
  void nullIsRefused() {
    assertThatThrownBy(() -> Argument.require("optimizer", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("optimizer must be given, found null");
  }

  @Test
  void nullInsideIsRefused() {
    String message = "layers must be given one by one, found null at place 1, counted from 0";
    assertThatThrownBy(() -> Argument.require("layers", new String[] {"fc1", null}))
        .hasMessage(message);
    assertThatThrownBy(() -> Argument.require("layers", Arrays.asList("fc1", null)))
        .hasMessage(message);
    assertThatThrownBy(
            () -> Argument.require("masks", Collections.singletonMap("fc1", (String) null)))
        .hasMessage(
            "values of masks must be given one by one, found null at place 0, counted from 0");
  }
}
