namespace Orrery.Planning.Expansion;

/// <summary>The stages of a workload, or of its next round.</summary>
public sealed record StageGraph
{
    public required IReadOnlyList<StageSpec> Stages { get; init; }

    /// <summary>
    /// The pieces that the stages share among them, in order, when placement may choose the cuts; null when each stage's work is given.
    /// </summary>
    public IReadOnlyList<LayerPiece>? Pieces { get; init; }

    /// <summary>What the user should know about how the graph came to be.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether every stage has exactly the one before it as its input.</summary>
    public bool IsChain => Stages.Select((stage, i) => i == 0 ? stage.Inputs.Count == 0 : stage.Inputs is [var input] && input == Stages[i - 1].Index).All(ok => ok);
}
