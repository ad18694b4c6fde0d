#!/usr/bin/python3 -u
"""
Federated averaging (McMahan et al., AISTATS 2017) over satellites whose data differ: each sees mostly two of the five
land covers. A client trains on its own samples and only its update leaves orbit, as int8; the ground averages. The last
round also trains one model on everybody's data together, to compare.
"""
import json
import os
from pathlib import Path

import torch
from torch import nn

CLASSES, BANDS = 5, 12
SAMPLES, EPOCHS, RATE, BATCH = 400, 2, 0.1, 20
INPUT, OUTPUT, STATE = (Path(os.environ[f"ORRERY_{name}_DIR"]) for name in ("INPUT", "OUTPUT", "STATE"))
ROUND, ROLE, PLACE = int(os.environ["ORRERY_ROUND"]), os.environ["ORRERY_ROLE"], os.environ["ORRERY_PLACE"]
ROUNDS = int(os.environ["ROUNDS"])


def network():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(BANDS, 32), nn.ReLU(), nn.Linear(32, CLASSES))


def spectra(seed, shares, count):
    """Reflectances of pixels with noise; the spectra of the covers are the same everywhere."""
    covers = torch.rand(CLASSES, BANDS, generator=torch.Generator().manual_seed(0))
    here = torch.Generator().manual_seed(seed)
    labels = torch.multinomial(shares, count, replacement=True, generator=here)
    return covers[labels] + 0.25 * torch.randn(count, BANDS, generator=here), labels


def data_of(satellite):
    """Nine tenths of what a satellite sees are two covers."""
    shares = torch.full((CLASSES,), 0.1 / (CLASSES - 2))
    first = satellite % CLASSES
    shares[[first, (first + 1) % CLASSES]] = 0.45
    return spectra(satellite, shares, SAMPLES)


def train(model, points, labels, epochs, seed):
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    order = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        for batch in torch.randperm(len(points), generator=order).split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(points[batch]), labels[batch]).backward()
            optimizer.step()


def accuracy(model):
    points, labels = spectra(99_999, torch.full((CLASSES,), 1 / CLASSES), 2000)
    with torch.no_grad():
        return (model(points).argmax(1) == labels).float().mean().item()


def client():
    """Trains the ground's model on what this satellite sees; only the difference goes down."""
    model = network()
    for sent in INPUT.glob("stage-*/model.pt"):
        model.load_state_dict(torch.load(sent))
    before = {name: value.clone() for name, value in model.state_dict().items()}
    points, labels = data_of(int(PLACE))
    train(model, points, labels, EPOCHS, seed=ROUND)
    update = {}
    for name, value in model.state_dict().items():
        delta = value - before[name]
        scale = max(delta.abs().max().item() / 127, 1e-12)
        update[name] = ((delta / scale).round().to(torch.int8), scale)
    torch.save({"update": update, "samples": len(points), "satellite": int(PLACE)}, OUTPUT / "update.pt")
    print(f"round {ROUND}: satellite {PLACE} sees {torch.bincount(labels, minlength=CLASSES).tolist()}, "
          f"update {(OUTPUT / 'update.pt').stat().st_size} bytes")


def aggregate():
    """Averages the updates by how many samples are behind each."""
    model = network()
    if (STATE / "model.pt").exists():
        model.load_state_dict(torch.load(STATE / "model.pt"))
    updates = [torch.load(path) for path in sorted(INPUT.glob("stage-*/update.pt"))]
    total = sum(one["samples"] for one in updates)
    weights = model.state_dict()
    for name in weights:
        weights[name] += sum(one["update"][name][0].float() * one["update"][name][1] * one["samples"] / total for one in updates)
    model.load_state_dict(weights)
    history = json.loads((STATE / "history.json").read_text()) if (STATE / "history.json").exists() else []
    history.append({"round": ROUND, "accuracy": round(accuracy(model), 4), "clients": sorted(one["satellite"] for one in updates)})
    report = {"rounds": history}
    print(f"round {ROUND}: accuracy {history[-1]['accuracy']:.4f} of {len(updates)} clients")
    if ROUND == ROUNDS - 1:
        everybody = [data_of(satellite) for satellite in history[-1]["clients"]]
        central = network()
        train(central, torch.cat([one[0] for one in everybody]), torch.cat([one[1] for one in everybody]), EPOCHS * ROUNDS, seed=0)
        report["central_accuracy"] = round(accuracy(central), 4)
        print(f"trained centrally on everybody's data: {report['central_accuracy']:.4f}")
    for folder in (STATE, OUTPUT):
        torch.save(model.state_dict(), folder / "model.pt")
    (STATE / "history.json").write_text(json.dumps(history))
    (OUTPUT / "report.json").write_text(json.dumps(report))


torch.set_num_threads(1)
{"client": client, "aggregate": aggregate}[ROLE]()
