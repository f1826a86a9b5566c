package kerf.criterion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import kerf.granularity.Scope;
import kerf.model.Lenet300100;
import kerf.model.Network;
import kerf.pruning.Pruning;
import org.junit.jupiter.api.Test;

/**
 * Shares made with PyTorch 2.13 on {@link TinyNetwork}:
 *
 * <pre>{@code
 * a1, a2 = w1.abs().detach().requires_grad_(), w2.abs().detach().requires_grad_()
 * r = F.linear(torch.relu(F.linear(torch.ones(1, 3), a1, b1.abs())), a2, b2.abs()).sum()
 * f = torch.autograd.grad(r, (a1, a2))
 * total = (a1 * f[0]).sum() + (a2 * f[1]).sum()
 * a1 * f[0] / total, a2 * f[1] / total
 * }</pre>
 */
class SynFlowTest {
  private static final float[] FC1 = {
    0.03954306f, 0.06326889f, 0.02372583f, 0.01581722f, 0.04745167f, 0.03163445f,
    0.07908612f, 0.00878735f, 0.06151142f, 0.02108963f, 0.03514938f, 0.05623902f
  };
  private static final float[] FC2 = {
    0.05975395f, 0.0685413f, 0.03339192f, 0.09841828f,
    0.07469244f, 0.03427065f, 0.13356766f, 0.01405975f
  };

  private static final Criterion SYNFLOW = new SynFlow();

  @Test
  void isTheShareOfTheFlowThroughAWeight() {
    Subject subject = Subject.of(TinyNetwork.network(), Given.NOTHING);

    assertThat(SYNFLOW.scores(TinyNetwork.layer("fc1", subject)))
        .containsExactly(FC1, within(1e-6f));
    assertThat(SYNFLOW.scores(TinyNetwork.layer("fc2", subject)))
        .containsExactly(FC2, within(1e-6f));
  }

  @Test
  void withoutBiasesAsMuchFlowsThroughEveryLayer() {
    Network network = new Lenet300100().initialize(1);
    Subject subject = Subject.of(network, Given.NOTHING);
    for (String layer : network.layers()) {
      double sum = 0;
      for (float share : subject.find(new SynFlow.Flow()).get(layer)) {
        sum += share;
      }
      assertThat(sum).as(layer).isCloseTo(1 / 3., within(1e-5));
    }
  }

  @Test
  void manyRoundsLeaveEveryLayerAPathWhereOneRoundOfMagnitudeEmptiesOne() {
    Network network = new Lenet300100().initialize(1);
    Pruning plan = Pruning.plan().scope(Scope.GLOBAL);
    int rounds = 10;

    Network flowing = network;
    for (int round = 1; round <= rounds; round++) {
      double density = Math.pow(0.0002, round / (double) rounds);
      flowing = plan.criterion(SYNFLOW).sparsity(1 - density).prune(flowing);
    }

    assertThat(flowing.mask().kept()).isEqualTo(53);
    assertThat(flowing.mask().layers()).allSatisfy(layer -> assertThat(layer.kept()).isPositive());
    assertThat(plan.sparsity(1 - 0.0002).mask(network).layer("fc1").kept()).isZero();
  }

  @Test
  void needsNoData() {
    assertThat(SYNFLOW.needs()).allSatisfy(kind -> assertThat(kind.needs()).isEmpty());
    assertThat(SYNFLOW).hasToString("synflow()");
  }
}
