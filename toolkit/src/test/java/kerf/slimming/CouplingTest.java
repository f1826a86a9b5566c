package kerf.slimming;

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
    return Coupling.of(Network.of(Tiny.chain(parts), 2, 6, 6));
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
            Tiny.conv(4, 1),
            Tiny.sum(
                Tiny.chain(Tiny.conv(3, 1), Tiny.conv(4, 1), Tiny.bn()), Blocks.identityBlock()),
            Tiny.flat(),
            Tiny.fc(2));
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
    Block branches = Tiny.beside(Tiny.chain(Tiny.conv(2, 1)), Tiny.chain(Tiny.conv(3, 1)));
    assertThat(of(branches, Tiny.conv(2, 1)).group("conv2").layers()).containsExactly("conv2");
    assertThat(of(branches, Tiny.conv(2, 1)).group("conv2").chain())
        .isEqualTo("conv2 out — concat1 — conv3 in");
    Block again = Tiny.beside(Tiny.chain(Tiny.conv(2, 1)), Tiny.chain(Tiny.conv(3, 1)));
    Coupling coupling =
        of(again, Tiny.sum(Tiny.chain(Tiny.conv(5, 1)), Blocks.identityBlock()), Tiny.conv(2, 1));
    CoupledLayers group = coupling.group("conv1");
    assertThat(group.layers()).containsExactlyInAnyOrder("conv1", "conv2", "conv3");
    assertThat(group.channels()).hasSize(5);
    assertThat(group.channels().get(2).filters())
        .containsExactlyInAnyOrder(
            new Channel.Place("conv2", 0, List.of(0)), new Channel.Place("conv3", 0, List.of(2)));
  }

  @Test
  void depthwiseFilterGoesWithWhatItFilters() {
    Coupling coupling = of(Tiny.conv(3, 1), Tiny.grouped(6, 3), Tiny.conv(2, 1));
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
    assertThat(of(Tiny.flat(), Tiny.fc(2)).groups()).hasSize(1);
    assertThat(of(Tiny.flat(), Tiny.fc(2)).table().rowCount()).isEqualTo(1);
    // What the input is added to keeps as many channels.
    Coupling coupling =
        of(Tiny.sum(Tiny.chain(Tiny.conv(2, 1)), Blocks.identityBlock()), Tiny.flat(), Tiny.fc(2));
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
