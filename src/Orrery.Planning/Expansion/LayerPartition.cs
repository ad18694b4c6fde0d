namespace Orrery.Planning.Expansion;

/// <summary>Divides layers so that there are at least as many pieces as stages.</summary>
internal static class LayerPartition
{
    /// <summary>Training runs the forward pass, and the backward pass at twice its cost.</summary>
    private const double TrainingFactor = 3;

    /// <summary>
    /// The layers as pieces. With fewer layers than <paramref name="stages"/> the layer whose pieces are largest is split into one
    /// more even part, until there are as many pieces as stages; each cut carries the layer's whole activation.
    /// </summary>
    public static List<LayerPiece> Pieces(WorkSpec spec, int stages)
    {
        var parts = EvenParts(spec.Layers, stages);
        var factor = spec.Batches * (spec.Training ? TrainingFactor : 1);
        return spec.Layers.SelectMany((layer, i) => Enumerable.Repeat(Piece(layer, parts[i], factor, spec.Batches), parts[i])).ToList();
    }

    /// <summary>The notes that tell which layers were split.</summary>
    public static IEnumerable<string> Notes(IReadOnlyList<ModelLayer> layers, int stages)
    {
        var parts = EvenParts(layers, stages);
        for (var i = 0; i < layers.Count; i++)
        {
            if (parts[i] > 1)
                yield return $"Fewer layers ({layers.Count}) than stages ({stages}): layer '{layers[i].Name}' is split into {parts[i]} equal parts; "
                    + $"each cut carries its {layers[i].ActivationMb:0.###} MB per batch.";
        }
    }

    /// <summary>How many even parts each layer is split into.</summary>
    public static int[] EvenParts(IReadOnlyList<ModelLayer> layers, int stages)
    {
        var parts = Enumerable.Repeat(1, layers.Count).ToArray();
        for (var pieces = layers.Count; layers.Count > 0 && pieces < stages; pieces++)
        {
            var largest = 0;
            for (var i = 1; i < parts.Length; i++)
            {
                if (PartSize(layers[i], parts[i]) > PartSize(layers[largest], parts[largest]))
                    largest = i;
            }

            parts[largest]++;
        }

        return parts;
    }

    private static double PartSize(ModelLayer layer, int parts) => layer.ComputeTflop / parts;

    private static LayerPiece Piece(ModelLayer layer, int parts, double factor, int batches) =>
        new(layer.Name, 1.0 / parts, layer.ComputeTflop * factor / parts, layer.ActivationMb * batches, layer.ParamsMb / parts);
}
