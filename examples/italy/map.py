#!/usr/bin/python3 -u
"""
Each satellite works on the tile of Italy that it sees; the ground puts the tiles together into one map. The scene is
made here, of smooth noise over longitude and latitude, so that every satellite sees the same country.
"""
import json
import os
from pathlib import Path

import torch

STEP = 0.1  # degrees
INPUT, OUTPUT = (Path(os.environ[f"ORRERY_{name}_DIR"]) for name in ("INPUT", "OUTPUT"))


def greenness(longitude, latitude):
    """A scene: a vegetation index from 0 to 1."""
    return (0.5 + 0.25 * torch.sin(longitude * 3.1) * torch.cos(latitude * 2.3) + 0.25 * torch.sin(longitude * 0.7 + latitude)).clamp(0, 1)


def inside(polygons, longitude, latitude):
    """Which points lie in a MultiPolygon: edges to the east are counted (even and odd)."""
    crossed = torch.zeros_like(longitude, dtype=torch.long)
    for polygon in polygons:
        for ring in polygon:
            for (x1, y1), (x2, y2) in zip(ring, ring[1:]):
                if y1 != y2:
                    spans = (latitude >= min(y1, y2)) & (latitude < max(y1, y2))
                    crossed += (spans & (longitude < x1 + (latitude - y1) * (x2 - x1) / (y2 - y1))).long()
    return crossed % 2 == 1


def tile(stage):
    polygons = stage["tile"]["coordinates"]
    points = torch.tensor([point for polygon in polygons for ring in polygon for point in ring])
    west, south = (points.min(0).values / STEP).floor().tolist()
    east, north = (points.max(0).values / STEP).ceil().tolist()
    latitude, longitude = torch.meshgrid(torch.arange(south, north + 1) * STEP, torch.arange(west, east + 1) * STEP, indexing="ij")
    seen = inside(polygons, longitude, latitude)
    values = greenness(longitude, latitude)[seen]
    pixels = [[round(x, 1), round(y, 1), round(value, 4)] for x, y, value in zip(longitude[seen].tolist(), latitude[seen].tolist(), values.tolist())]
    (OUTPUT / "pixels.json").write_text(json.dumps(pixels))
    feature = {"type": "Feature", "geometry": stage["tile"], "properties": {"satellite": stage["place"], "pixels": len(pixels), "greenness": round(values.mean().item(), 4) if len(pixels) else None}}
    (OUTPUT / "tile.geojson").write_text(json.dumps(feature))
    print(f"satellite {stage['place']}: {len(pixels)} pixels")


def combine():
    features = [json.loads(path.read_text()) for path in sorted(INPUT.glob("stage-*/tile.geojson"))]
    pixels = {(x, y): value for path in INPUT.glob("stage-*/pixels.json") for x, y, value in json.loads(path.read_text())}
    mean = sum(pixels.values()) / len(pixels)
    (OUTPUT / "italy.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features, "properties": {"pixels": len(pixels), "greenness": round(mean, 4)}}))
    print(f"{len(features)} tiles, {len(pixels)} pixels, greenness {mean:.4f}")


torch.set_num_threads(1)
description = json.loads((INPUT / "stage.json").read_text())
if description["role"] == "tile":
    tile(description)
else:
    combine()
