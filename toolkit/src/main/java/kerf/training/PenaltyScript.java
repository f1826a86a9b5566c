package kerf.training;

import java.util.List;
import java.util.stream.IntStream;
import kerf.granularity.Groups;
import kerf.model.ParameterSpec;
import kerf.tensor.Script;
import kerf.tensor.Value;

/** The arithmetic of the penalties, one call to the engine a step for each of them. */
final class PenaltyScript {
  private static final Script SCRIPT =
      Script.compile(
          """
          def magnitudes(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], places: List[int], strength: float) -> NoneType:
            for _0 in range(torch.len(places)):
              place = places[_0]
              _1 = torch.add_(grads[place], torch.sign(params[place]), alpha=strength)
            return None
          def groups(self: __torch__.Kerf, params: List[Tensor], grads: List[Tensor], places: List[int], tiles: List[int], strength: float) -> NoneType:
            for _0 in range(torch.len(places)):
              place = places[_0]
              rows = tiles[torch.mul(4, _0)]
              columns = tiles[torch.add(torch.mul(4, _0), 1)]
              height = tiles[torch.add(torch.mul(4, _0), 2)]
              width = tiles[torch.add(torch.mul(4, _0), 3)]
              down = torch.remainder(torch.neg(rows), height)
              right = torch.remainder(torch.neg(columns), width)
              w = torch.reshape(torch.detach(params[place]), [rows, columns])
              whole = torch.constant_pad_nd(w, [0, right, 0, down], 0)
              tiled = torch.reshape(whole, [-1, height, torch.floordiv(torch.add(columns, right), width), width])
              norm = torch.sqrt(torch.sum(torch.mul(tiled, tiled), [1, 3], True))
              slope = torch.div(tiled, torch.masked_fill(norm, torch.eq(norm, 0), 1.))
              flat = torch.reshape(slope, [torch.add(rows, down), torch.add(columns, right)])
              own = torch.slice(torch.slice(flat, 0, 0, rows), 1, 0, columns)
              g = grads[place]
              _1 = torch.add_(g, torch.reshape(own, torch.size(g)), alpha=strength)
            return None
          """);

  private PenaltyScript() {}

  /** The gradient of {@code strength * sum |w|}. */
  static Penalty.Term magnitudes(double strength, List<Integer> places) {
    return new Magnitudes(Value.of(longs(places)), Value.of(strength));
  }

  /** The gradient of {@code strength * sum ||w_g||}, groups by the layout of each tensor. */
  static Penalty.Term groups(double strength, List<Integer> places, List<Groups> layouts) {
    long[] tiles =
        layouts.stream()
            .flatMapToInt(g -> IntStream.of(g.rows(), g.columns(), g.height(), g.width()))
            .asLongStream()
            .toArray();
    return new Grouped(Value.of(longs(places)), Value.of(tiles), Value.of(strength));
  }

  /** Where some parameters stand among those that are trained. */
  static List<Integer> places(List<ParameterSpec> trained, List<ParameterSpec> wanted) {
    return wanted.stream().map(trained::indexOf).toList();
  }

  private static long[] longs(List<Integer> numbers) {
    return numbers.stream().mapToLong(Integer::longValue).toArray();
  }

  private record Magnitudes(Value places, Value strength) implements Penalty.Term {
    @Override
    public void add(Value parameters, Value gradients) {
      SCRIPT.call("magnitudes", parameters, gradients, places, strength).close();
    }

    @Override
    public void close() {
      places.close();
      strength.close();
    }
  }

  private record Grouped(Value places, Value tiles, Value strength) implements Penalty.Term {
    @Override
    public void add(Value parameters, Value gradients) {
      SCRIPT.call("groups", parameters, gradients, places, tiles, strength).close();
    }

    @Override
    public void close() {
      places.close();
      tiles.close();
      strength.close();
    }
  }
}
