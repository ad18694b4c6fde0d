#!/usr/bin/python3 -u
"""
One network in three pieces: each stage runs the layers that the plan gave it, and only the activation between them
crosses a link. The last stage also runs the whole network, and fails when the pieces gave another answer.
"""
import json
import os
import sys
from pathlib import Path

import torch
from torch import nn

TOLERANCE = 1e-5
INPUT, OUTPUT = (Path(os.environ[f"ORRERY_{name}_DIR"]) for name in ("INPUT", "OUTPUT"))


def network():
    """The layers of workload.json, by name; the same weights wherever they are made."""
    torch.manual_seed(7)
    return {
        "stem": nn.Sequential(nn.Conv2d(3, 8, 3, padding=1), nn.ReLU()),
        "block1": nn.Sequential(nn.Conv2d(8, 16, 3, stride=2, padding=1), nn.BatchNorm2d(16), nn.ReLU()),
        "block2": nn.Sequential(nn.Conv2d(16, 32, 3, stride=2, padding=1), nn.BatchNorm2d(32), nn.ReLU()),
        "block3": nn.Sequential(nn.Conv2d(32, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU()),
        "pool": nn.Sequential(nn.AdaptiveAvgPool2d(4), nn.Flatten()),
        "head": nn.Sequential(nn.Linear(512, 64), nn.ReLU(), nn.Linear(64, 10)),
    }


def image():
    return torch.rand(4, 3, 64, 64, generator=torch.Generator().manual_seed(11))


torch.set_num_threads(1)
stage = json.loads((INPUT / "stage.json").read_text())
layers = {name: layer.eval() for name, layer in network().items()}
own = [layer["name"] for layer in stage["layers"]]
before = next(iter(INPUT.glob("stage-*/activation.pt")), None)
with torch.no_grad():
    value = torch.load(before) if before else image()
    for name in own:
        value = layers[name](value)
    torch.save(value, OUTPUT / "activation.pt")
    print(f"stage {stage['index']} on {stage['place']} ran {', '.join(own)}: {tuple(value.shape)}")
    if stage["index"] == stage["count"] - 1:
        whole = image()
        for layer in layers.values():
            whole = layer(whole)
        difference = (whole - value).abs().max().item()
        (OUTPUT / "result.json").write_text(json.dumps({"classes": value.argmax(1).tolist(), "largest_difference": difference}))
        print(f"largest difference from the uncut network: {difference:.2e}")
        if difference > TOLERANCE:
            sys.exit(1)
