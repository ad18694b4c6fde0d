#!/usr/bin/python3 -u
"""
Split learning (Vepakomma et al., 2018): the head of a network stays with the satellite that has the data, its tail
trains elsewhere. In each step the head sends the activations and labels of several batches, one contact for all; the
tail learns from one after another and sends back their gradients. Neither the data nor the head's weights ever leave
their place: each part keeps its own in its ORRERY_STATE_DIR.
"""
import json
import os
from pathlib import Path

import torch
from torch import nn

BATCHES, POINTS, RATE = 8, 128, 0.01
INPUT, OUTPUT, STATE = (Path(os.environ[f"ORRERY_{name}_DIR"]) for name in ("INPUT", "OUTPUT", "STATE"))
INDEX, STEP, ROLE = int(os.environ["ORRERY_STAGE_INDEX"]), int(os.environ["ORRERY_ROUND"]), os.environ["ORRERY_ROLE"]
STAGES_PER_STEP = 3


def part(seed, layers):
    """The part of the network that lives here, with its optimizer, as the last step left it."""
    torch.manual_seed(seed)
    model = nn.Sequential(*layers())
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE)
    saved = STATE / "part.pt"
    if saved.exists():
        kept = torch.load(saved)
        model.load_state_dict(kept["model"])
        optimizer.load_state_dict(kept["optimizer"])
    return model, optimizer


def keep(model, optimizer):
    torch.save({"model": model.state_dict(), "optimizer": optimizer.state_dict()}, STATE / "part.pt")


def head():
    return part(1, lambda: (nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 16), nn.Tanh()))


def tail():
    return part(2, lambda: (nn.Linear(16, 32), nn.Tanh(), nn.Linear(32, 1)))


def samples():
    """Points of the plane, others in each step, and whether they are above a wave: the data that stays on its satellite."""
    generator = torch.Generator().manual_seed(1000 + STEP)
    points = torch.rand(BATCHES, POINTS, 2, generator=generator) * 3 - 1.5
    return points, (points[..., 1] > torch.sin(2 * points[..., 0])).float()


def head_forward():
    model, optimizer = head()
    points, labels = samples()
    with torch.no_grad():
        torch.save({"activations": model(points), "labels": labels}, OUTPUT / "activations.pt")
    keep(model, optimizer)


def tail_step():
    model, optimizer = tail()
    given = torch.load(next(INPUT.glob("stage-*/activations.pt")))
    gradients, losses, right = [], [], 0
    for activation, labels in zip(given["activations"], given["labels"]):
        activation.requires_grad_()
        optimizer.zero_grad()
        logits = model(activation).squeeze(1)
        loss = nn.functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        optimizer.step()
        gradients.append(activation.grad)
        losses.append(loss.item())
        right += ((logits > 0) == (labels > 0.5)).sum().item()
    torch.save(torch.stack(gradients), OUTPUT / "gradients.pt")
    keep(model, optimizer)
    history = json.loads((STATE / "loss.json").read_text()) if (STATE / "loss.json").exists() else []
    history.append(round(sum(losses) / len(losses), 5))
    for folder in (STATE, OUTPUT):
        (folder / "loss.json").write_text(json.dumps(history))
    print(f"step {STEP}: loss {history[-1]:.4f}, {right / labels.numel() / BATCHES:.0%} right")


def head_backward():
    model, optimizer = head()
    points, _ = samples()
    for batch, gradient in zip(points, torch.load(next(INPUT.glob("stage-*/gradients.pt")))):
        optimizer.zero_grad()
        model(batch).backward(gradient)
        optimizer.step()
    keep(model, optimizer)


torch.set_num_threads(1)
if ROLE == "tail":
    tail_step()
elif INDEX % STAGES_PER_STEP == 0:
    head_forward()
else:
    head_backward()
