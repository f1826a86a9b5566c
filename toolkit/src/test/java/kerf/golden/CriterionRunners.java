package kerf.golden;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kerf.criterion.ActivationChanges;
import kerf.criterion.ActivationTaylor;
import kerf.criterion.ActivityOfArrays;
import kerf.criterion.Apoz;
import kerf.criterion.ChannelActivities;
import kerf.criterion.Criterion;
import kerf.criterion.Given;
import kerf.criterion.Gradients;
import kerf.criterion.GradientsOfArrays;
import kerf.criterion.LayerWeights;
import kerf.criterion.MeanActivation;
import kerf.criterion.Snip;
import kerf.criterion.Subject;
import kerf.criterion.Taylor;
import kerf.granularity.Granularity;
import kerf.granularity.Groups;
import kerf.mask.Mask;
import kerf.model.Network;
import kerf.model.Outputs;
import kerf.pruning.Goal;
import kerf.pruning.Pruning;
import kerf.storage.ElementType;
import kerf.storage.Npy;
import kerf.training.Sgd;
import kerf.training.SquaredErrorSteps;

/** Criteria that run a network. */
final class CriterionRunners {
  private CriterionRunners() {}

  static final Map<String, GoldenRunner> ALL =
      Map.of(
          "paper.taylor", CriterionRunners::taylor,
          "paper.snip", CriterionRunners::snip,
          "paper.activation_scores", CriterionRunners::activationScores);

  private static Map<String, Npy> taylor(GoldenCase golden) {
    Npy weight = golden.input("weight");
    Npy x = golden.input("x");
    assertThat(golden.param("activation").getAsString()).isEqualTo("relu");
    OneLayer one = OneLayer.of(golden, "weight");
    String layer = one.name();
    Network network =
        Network.of(
                new SequentialBlock().add(one.block()).add(Activation::relu),
                Arrays.copyOfRange(x.shape(), 1, x.shape().length))
            .revalued(one.values());
    // A step of rate 1 takes away the gradient itself.
    var step =
        SquaredErrorSteps.steps(network, new Sgd(1), List.of(x), List.of(golden.input("target")))
            .get(0);
    float[] gradient = weight.floats();
    float[] after = step.after().weights(layer);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] -= after[i];
    }
    Subject subject = Subject.unknown().knowing(Gradients.inference(), Map.of(layer, gradient));
    LayerWeights weights = new LayerWeights(layer, weight.shape(), weight.floats(), subject);
    Groups filters = Granularity.slices(0).groups(layer, weight.shape());
    Criterion squareOfSum = new Taylor(Taylor.Joint.SQUARE_OF_SUM);
    Criterion sumOfSquares = new Taylor(Taylor.Joint.SUM_OF_SQUARES);
    float[] scores = squareOfSum.scores(weights);

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("grad_weight", Npy.of(weight.shape(), gradient));
    results.put("element", Npy.of(weight.shape(), scores));
    results.put("filter_square_of_sum", row(squareOfSum.groupScores(weights, filters, scores)));
    results.put("filter_sum_of_squares", row(sumOfSquares.groupScores(weights, filters, scores)));
    results.put("loss", row(step.loss()));
    return results;
  }

  private static Map<String, Npy> snip(GoldenCase golden) {
    Npy w1 = golden.input("w1");
    Npy w2 = golden.input("w2");
    Npy x = golden.input("x");
    long[] labels = golden.input("label").longs();
    assertThat(golden.param("hidden_activation").getAsString()).isEqualTo("relu");
    Network network =
        Network.of(
                new SequentialBlock()
                    .add(Linear.builder().setUnits(w1.shape()[0]).build())
                    .add(Activation::relu)
                    .add(Linear.builder().setUnits(w2.shape()[0]).build()),
                x.shape()[1])
            .revalued(
                Map.of(
                    "fc1.weight", w1.floats(),
                    "fc1.bias", golden.input("b1").floats(),
                    "fc2.weight", w2.floats(),
                    "fc2.bias", golden.input("b2").floats()));
    Map<String, float[]> gradients =
        GradientsOfArrays.find(Gradients.training(), network, x, labels);
    Subject subject = Subject.of(network, Given.NOTHING).knowing(Gradients.training(), gradients);
    int pruned = w1.size() + w2.size() - golden.param("kept").getAsInt();

    Map<String, Npy> results = new LinkedHashMap<>();
    for (String name : List.of("w1", "w2")) {
      Npy weight = golden.input(name);
      String layer = "fc" + name.charAt(1);
      LayerWeights weights = new LayerWeights(layer, weight.shape(), weight.floats(), subject);
      results.put("grad_" + name, Npy.of(weight.shape(), gradients.get(layer)));
      results.put("score_" + name, Npy.of(weight.shape(), new Snip().scores(weights)));
    }
    Mask mask =
        Pruning.plan()
            .scope(kerf.granularity.Scope.GLOBAL)
            .goal(Goal.count(pruned))
            .criterion(layer -> results.get("score_w" + layer.name().charAt(2)).floats())
            .mask(network);
    mask.layers()
        .forEach(
            layer ->
                results.put(
                    "mask_w" + layer.name().charAt(2),
                    Npy.of(ElementType.UINT8, layer.shape(), layer.bytes())));
    results.put("loss", row(crossEntropy(network, x, labels)));
    return results;
  }

  private static Map<String, Npy> activationScores(GoldenCase golden) {
    ActivityOfArrays found =
        ActivityOfArrays.find(
            golden.input("activation"),
            golden.input("grad_activation"),
            golden.param("channel_axis").getAsInt());
    int channels = found.changes().length;
    Subject subject =
        Subject.unknown()
            .knowing(new ChannelActivities(), Map.of("fc1", found.activity()))
            .knowing(new ActivationChanges(), Map.of("fc1", found.changes()));
    LayerWeights layer =
        new LayerWeights("fc1", new long[] {channels, 1}, new float[channels], subject);
    float[] apoz = new Apoz().channelScores(layer);
    for (int c = 0; c < channels; c++) {
      apoz[c] = 1 - apoz[c];
    }

    Map<String, Npy> results = new LinkedHashMap<>();
    results.put("apoz", row(apoz));
    results.put("mean", row(new MeanActivation().channelScores(layer)));
    results.put("std", row(found.activity().deviation()));
    results.put("mean_abs", row(found.activity().meanMagnitude()));
    results.put("taylor", row(found.changes()));
    results.put("taylor_l2", row(new ActivationTaylor().channelScores(layer)));
    return results;
  }

  private static float crossEntropy(Network network, Npy x, long[] labels) {
    float[] logits = Outputs.of(network, x.floats(), x.shape());
    int classes = logits.length / labels.length;
    double loss = 0;
    for (int i = 0; i < labels.length; i++) {
      double sum = 0;
      for (int c = 0; c < classes; c++) {
        sum += Math.exp(logits[i * classes + c]);
      }
      loss += Math.log(sum) - logits[i * classes + (int) labels[i]];
    }
    return (float) (loss / labels.length);
  }

  private static Npy row(float... values) {
    return Npy.of(new long[] {values.length}, values);
  }
}
