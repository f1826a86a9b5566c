package kerf.golden;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import kerf.storage.Npy;

/** How far a result may be from what a golden case expects. */
record Tolerance(JsonObject json) {
  static Tolerance of(JsonObject json) {
    return new Tolerance(json);
  }

  /** Nothing if the result passes, otherwise what is wrong with it. */
  String complaint(Npy got, Npy want) {
    if (!Arrays.equals(got.shape(), want.shape())
        || got.type().integer() != want.type().integer()) {
      return "expected %s, found %s".formatted(want, got);
    }
    return want.type().integer() ? integers(got.longs(), want.longs()) : floats(got, want);
  }

  private String floats(Npy gotArray, Npy wantArray) {
    double[] got = gotArray.doubles();
    double[] want = wantArray.doubles();
    double sum = 0;
    for (int i = 0; i < got.length; i++) {
      double difference = got[i] == want[i] ? 0 : Math.abs(got[i] - want[i]);
      sum += difference;
      double allowed =
          switch (kind()) {
            case "exact" -> 0;
            case "close" -> number("atol") + number("rtol") * Math.abs(want[i]);
            case "int" -> number("max_diff");
            case "l1" -> Double.POSITIVE_INFINITY;
            default -> throw unknown();
          };
      // Written so that a difference of NaN is too large.
      if (!(difference <= allowed) && !(Double.isNaN(got[i]) && Double.isNaN(want[i]))) {
        return "expected %s at index %d, found %s".formatted(want[i], i, got[i]);
      }
    }
    return kind().equals("l1") && !(sum <= number("max"))
        ? "expected an absolute sum of differences of at most %s, found %s"
            .formatted(number("max"), sum)
        : "";
  }

  private String integers(long[] got, long[] want) {
    long sum = 0;
    long differing = 0;
    for (int i = 0; i < got.length; i++) {
      long difference = Math.abs(got[i] - want[i]);
      sum += difference;
      differing += difference == 0 ? 0 : 1;
      boolean passes =
          switch (kind()) {
            case "exact" -> difference == 0;
            case "close" -> difference <= number("atol") + number("rtol") * Math.abs(want[i]);
            case "int" -> difference <= number("max_diff");
            case "l1" -> true;
            default -> throw unknown();
          };
      if (!passes) {
        return "expected %d at index %d, found %d".formatted(want[i], i, got[i]);
      }
    }
    if (kind().equals("l1") && sum > number("max")) {
      return "expected an absolute sum of differences of at most %s, found %d"
          .formatted(number("max"), sum);
    }
    return differing > mostDiffering(got.length)
        ? "expected at most %d differing elements, found %d"
            .formatted(mostDiffering(got.length), differing)
        : "";
  }

  private long mostDiffering(int size) {
    if (json.has("max_count")) {
      return json.get("max_count").getAsLong();
    }
    return json.has("max_fraction")
        ? Math.max(1, (long) Math.ceil(number("max_fraction") * size))
        : size;
  }

  private String kind() {
    return json.get("kind").getAsString();
  }

  private double number(String name) {
    JsonElement value = json.get(name);
    if (value == null) {
      throw new IllegalArgumentException("tolerance %s lacks %s".formatted(json, name));
    }
    return value.getAsDouble();
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException("unknown kind of tolerance: " + json);
  }
}
