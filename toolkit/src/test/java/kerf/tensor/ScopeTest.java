package kerf.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.training.ParameterStore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {

  @Test
  void closingFreesWhatWasMade() {
    NDArray array;
    try (Scope scope = Scope.open()) {
      array = scope.tensor(new float[] {1, 2}, 2);
      assertThat(Scope.floats(array.mul(3))).containsExactly(3, 6);
    }
    assertThatThrownBy(array::toFloatArray).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void passingFreesItsOwnArraysAndNoOthers() {
    try (Scope scope = Scope.open()) {
      NDArray kept = scope.tensor(new float[] {1, 2}, 2);
      AtomicReference<NDArray> passed = new AtomicReference<>();
      Scope.passing(() -> passed.set(kept.mul(2)));
      assertThatThrownBy(() -> passed.get().toFloatArray())
          .isInstanceOf(IllegalStateException.class);
      assertThat(Scope.floats(kept)).containsExactly(1, 2);
    }
  }

  @Test
  void passingFreesWhenTheWorkFails() {
    try (Scope scope = Scope.open()) {
      NDArray kept = scope.tensor(new float[] {1, 2}, 2);
      AtomicReference<NDArray> passed = new AtomicReference<>();
      assertThatThrownBy(
              () ->
                  Scope.passing(
                      () -> {
                        passed.set(kept.mul(2));
                        throw new IllegalStateException("mine");
                      }))
          .hasMessage("mine");
      assertThat(passed.get().isReleased()).isTrue();
      assertThat(kept.isReleased()).isFalse();
    }
  }

  @Test
  void rowsAreAView() {
    try (Scope scope = Scope.open()) {
      NDArray array = scope.tensor(new float[] {1, 2, 3, 4, 5, 6}, 3, 2);
      NDArray rows = Scope.rows(array, 1, 3);
      rows.muli(10);
      assertThat(Scope.floats(array)).containsExactly(1, 2, 30, 40, 50, 60);
    }
  }

  @Test
  void dropoutNeedsOurStore() {
    try (Scope scope = Scope.open()) {
      NDArray any = scope.zeros(1);
      ParameterStore store = new ParameterStore(any.getManager(), false);
      assertThatThrownBy(() -> Scope.dropoutStream(store))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "dropout(rate) needs Kerf's training loop for its random stream, found a store of"
                  + " class ai.djl.training.ParameterStore; train with training(), or use ai.djl's"
                  + " Dropout with DJL's Trainer");
    }
  }
}
