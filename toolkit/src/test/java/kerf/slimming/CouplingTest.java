package kerf.slimming;

import static kerf.model.SmallNets.bn;
import static kerf.model.SmallNets.chain;
import static kerf.model.SmallNets.conv;
import static kerf.model.SmallNets.fc;
import static kerf.model.SmallNets.flat;
import static kerf.model.SmallNets.sum;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import java.util.List;
import kerf.model.CifarResnet;
import kerf.model.Lenet5;
import kerf.model.Network;
import org.junit.jupiter.api.Test;

class CouplingTest {
  private static Coupling of(Block... parts) {
    return Coupling.of(Network.of(chain(parts), 2, 6, 6));
  }

  @Test
  void eachLayerOfAChainIsByItself() {
    Coupling coupling = Coupling.of(new Lenet5());
    assertThat(coupling)
        .hasToString(
            """
            20 channels: conv1 out — conv2 in
            50 channels: conv2 out — flatten1 — fc1 in
            500 channels: fc1 out — fc2 in
            10 channels: fc2 out (fixed by output)""");
    assertThat(coupling.groups())
        .extracting(CoupledLayers::removable)
        .containsExactly(true, true, true, false);
  }

  @Test
  void flattenedChannelIsReadAtAllItsPositions() {
    Channel third = Coupling.of(new Lenet5()).group("conv2").channels().get(2);
    assertThat(third.filters()).containsExactly(new Channel.Place("conv2", 0, List.of(2)));
    assertThat(third.readers()).hasSize(1);
    // 4×4 positions of channel 2.
    assertThat(third.readers().get(0).layer()).isEqualTo("fc1");
    assertThat(third.readers().get(0).axis()).isEqualTo(1);
    assertThat(third.readers().get(0).offsets())
        .containsExactly(32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47);
  }

  @Test
  void addedOutputsAreCoupled() {
    Coupling coupling =
        of(
            conv(4, 1),
            sum(chain(conv(3, 1), conv(4, 1), bn()), Blocks.identityBlock()),
            flat(),
            fc(2));
    CoupledLayers group = coupling.group("conv3");
    assertThat(group.layers()).containsExactly("conv1", "conv3");
    assertThat(group.chain())
        .isEqualTo("conv1 out — conv2 in — conv3 out — bn1 — add1 — flatten1 — fc1 in");
    assertThat(group.channels().get(1).norms())
        .containsExactly(new Channel.Place("bn1", 0, List.of(1)));
    assertThat(coupling.group("conv2").layers()).containsExactly("conv2");
  }

  @Test
  void concatenatedOutputsAreCoupledOnlyByWhatIsAddedToThem() {
    Block branches = Tiny.beside(chain(conv(2, 1)), chain(conv(3, 1)));
    assertThat(of(branches, conv(2, 1)).group("conv2").layers()).containsExactly("conv2");
    assertThat(of(branches, conv(2, 1)).group("conv2").chain())
        .isEqualTo("conv2 out — concat1 — conv3 in");
    Block again = Tiny.beside(chain(conv(2, 1)), chain(conv(3, 1)));
    Coupling coupling = of(again, sum(chain(conv(5, 1)), Blocks.identityBlock()), conv(2, 1));
    CoupledLayers group = coupling.group("conv1");
    assertThat(group.layers()).containsExactlyInAnyOrder("conv1", "conv2", "conv3");
    assertThat(group.channels()).hasSize(5);
    assertThat(group.channels().get(2).filters())
        .containsExactlyInAnyOrder(
            new Channel.Place("conv2", 0, List.of(0)), new Channel.Place("conv3", 0, List.of(2)));
  }

  @Test
  void depthwiseFilterGoesWithWhatItFilters() {
    Coupling coupling = of(conv(3, 1), conv(6, 3, 1, 3), conv(2, 1));
    CoupledLayers group = coupling.group("conv2");
    assertThat(group.layers()).containsExactly("conv1", "conv2");
    assertThat(group.channels().get(1).filters())
        .containsExactly(
            new Channel.Place("conv1", 0, List.of(1)),
            new Channel.Place("conv2", 0, List.of(2, 3)));
  }

  @Test
  void stagesOfAResnet() {
    Coupling coupling = Coupling.of(new CifarResnet(8).widths(2, 3, 4));
    assertThat(coupling.group("conv1").layers()).containsExactly("conv1", "conv3");
    assertThat(coupling.group("conv5").layers()).containsExactly("conv5", "conv6");
    assertThat(coupling.group("conv1").chain())
        .isEqualTo("conv1 out — bn1 — conv2 in — conv3 out — bn3 — add1 — conv4 in — conv6 in");
  }

  @Test
  void inputsAreNoChannelsToRemove() {
    assertThat(of(flat(), fc(2)).groups()).hasSize(1);
    assertThat(of(flat(), fc(2)).table().rowCount()).isEqualTo(1);
    // What the input is added to keeps as many channels.
    Coupling coupling = of(sum(chain(conv(2, 1)), Blocks.identityBlock()), flat(), fc(2));
    assertThat(coupling.group("conv1").fixedBy()).isEqualTo("input");
  }

  @Test
  void namesTheLayersThereAre() {
    Coupling coupling = Coupling.of(new Lenet5());
    assertThatThrownBy(() -> coupling.group("conv7"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no layer 'conv7' among the coupled layers; there are conv1; conv2; fc1; fc2");
  }
}
