"""PyTorch's side of the benchmarks: takes training steps and prunes on request.

Reads lines "NET DENSITY ADAM STEPS" from standard input, such as
"lenet300100 0.5 fused 200", and answers each with the CPU milliseconds a step
took. A net keeps its state between requests. A line "qat NET ADAM STEPS" is
answered for the net as prepare_qat makes it. A line "fake ELEMENTS" is answered
with the CPU milliseconds that fake_quantize_per_tensor_affine took. A line
"prune LAYERS IN OUT SPARSITY" is answered with the CPU milliseconds that
global_unstructured took.
"""

import sys
import time

import torch
from torch import nn
from torch.nn.utils import prune

torch.set_num_threads(1)
torch.manual_seed(0)
IMAGES = torch.rand(55_000, 1, 28, 28)
LABELS = torch.randint(10, (55_000,))
BATCH = {"lenet300100": 60, "lenet5": 64, "resnet20": 64}


def network(net):
    if net == "lenet300100":
        return nn.Sequential(
            nn.Flatten(),
            nn.Linear(784, 300), nn.ReLU(),
            nn.Linear(300, 100), nn.ReLU(),
            nn.Linear(100, 10),
        )
    return nn.Sequential(
        nn.Conv2d(1, 20, 5), nn.MaxPool2d(2),
        nn.Conv2d(20, 50, 5), nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(800, 500), nn.ReLU(),
        nn.Linear(500, 10),
    )


class Residual(nn.Module):
    def __init__(self, before, width, stride):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(before, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(),
            nn.Conv2d(width, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width),
        )
        self.shortcut = nn.Identity() if before == width else nn.Sequential(
            nn.Conv2d(before, width, 1, stride, bias=False), nn.BatchNorm2d(width)
        )
        self.sum = torch.ao.nn.quantized.FloatFunctional()

    def forward(self, x):
        return self.sum.add_relu(self.body(x), self.shortcut(x))


def resnet20():
    layers = [nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU()]
    before = 16
    for width in (16, 32, 64):
        for i in range(3):
            layers.append(Residual(before, width, 2 if width > 16 and i == 0 else 1))
            before = width
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(64, 10))


def prepared(net):
    """A net as torch.ao.quantization.prepare_qat makes it, layers fused."""
    quantization = torch.ao.quantization
    model = (resnet20() if net == "resnet20" else network(net)).train()
    if net == "resnet20":
        quantization.fuse_modules_qat(model, ["0", "1", "2"], inplace=True)
        for block in model.modules():
            if isinstance(block, Residual):
                groups = [["body.0", "body.1", "body.2"], ["body.3", "body.4"]]
                if isinstance(block.shortcut, nn.Sequential):
                    groups.append(["shortcut.0", "shortcut.1"])
                quantization.fuse_modules_qat(block, groups, inplace=True)
    else:
        quantization.fuse_modules_qat(model, [["5", "6"]], inplace=True)
    model = nn.Sequential(quantization.QuantStub(), model)
    model.qconfig = quantization.get_default_qat_qconfig("fbgemm")
    return quantization.prepare_qat(model)


class Loop:
    def __init__(self, net, density, adam, qat=False):
        self.model = prepared(net) if qat else network(net)
        if density < 1:
            for layer in self.model:
                if hasattr(layer, "weight"):
                    prune.random_unstructured(layer, "weight", amount=1 - density)
        self.optimizer = torch.optim.Adam(
            self.model.parameters(), lr=1.2e-3, fused=True if adam == "fused" else None
        )
        self.batch = BATCH[net]
        self.order = torch.randperm(len(IMAGES))
        self.position = 0

    def run(self, steps):
        start = time.process_time()
        for _ in range(steps):
            if self.position + self.batch > len(IMAGES):
                self.order = torch.randperm(len(IMAGES))
                self.position = 0
            index = self.order[self.position:self.position + self.batch]
            self.position += self.batch
            self.optimizer.zero_grad()
            logits = self.model(IMAGES[index])
            nn.functional.cross_entropy(logits, LABELS[index]).backward()
            self.optimizer.step()
        return 1000 * (time.process_time() - start) / steps


class Pruner:
    def __init__(self, layers, inputs, outputs):
        self.layers = [nn.Linear(inputs, outputs, bias=False) for _ in range(layers)]

    def run(self, sparsity):
        tensors = [(layer, "weight") for layer in self.layers]
        start = time.process_time()
        prune.global_unstructured(tensors, prune.L1Unstructured, amount=sparsity)
        spent = 1000 * (time.process_time() - start)
        for layer in self.layers:  # dense again, without prune's traces
            dense = layer._parameters.pop("weight_orig")
            del layer._buffers["weight_mask"], layer.weight
            layer._forward_pre_hooks.clear()
            layer.register_parameter("weight", dense)
        return spent


loops = {}
pruners = {}
for line in sys.stdin:
    words = line.split()
    if words[0] == "qat":
        key = tuple(words[1:3])
        if key not in loops:
            loops[key] = Loop(key[0], 1.0, key[1], qat=True)
        print(loops[key].run(int(words[3])), flush=True)
        continue
    if words[0] == "fake":
        numbers = torch.randn(int(words[1]))
        start = time.process_time()
        torch.fake_quantize_per_tensor_affine(numbers, 0.05, 10, 0, 127)
        print(1000 * (time.process_time() - start), flush=True)
        continue
    if words[0] == "kmeans":
        import numpy
        from sklearn.cluster import KMeans
        weights = numpy.random.default_rng(0).normal(size=(int(words[1]), 1)).astype("float32")
        first = numpy.linspace(weights.min(), weights.max(), int(words[2]))[:, None]
        start = time.process_time()
        KMeans(int(words[2]), init=first, n_init=1, max_iter=300, tol=0).fit(weights)
        print(1000 * (time.process_time() - start), flush=True)
        continue
    if words[0] == "prune":
        key = tuple(int(word) for word in words[1:4])
        if key not in pruners:
            pruners[key] = Pruner(*key)
        print(pruners[key].run(float(words[4])), flush=True)
        continue
    net, density, adam, steps = words
    key = (net, density, adam)
    if key not in loops:
        loops[key] = Loop(net, float(density), adam)
    print(loops[key].run(int(steps)), flush=True)
