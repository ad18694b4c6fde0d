namespace Orrery.Planning.Expansion;

/// <summary>Equal parts of work, each of which one stage does.</summary>
/// <param name="Parts">How many there are, at least one for each stage.</param>
/// <param name="Tflop">Of one part.</param>
/// <param name="InputMb">MB that come up for one part.</param>
/// <param name="OutputMb">MB that come down of one part.</param>
public sealed record SharedWork(int Parts, double Tflop, double InputMb, double OutputMb)
{
    /// <summary>A stage that does so many of the parts.</summary>
    public StageSpec Give(StageSpec stage, int parts) => stage with
    {
        Parts = parts,
        ComputeTflop = Tflop * parts,
        InputMb = InputMb * parts,
        OutputMb = OutputMb * parts,
    };
}

/// <summary>The stages of a workload, or of its next round.</summary>
public sealed record StageGraph
{
    public required IReadOnlyList<StageSpec> Stages { get; init; }

    /// <summary>
    /// The pieces that the stages share among them, in order, when placement may choose the cuts; null when each stage's work is given.
    /// </summary>
    public IReadOnlyList<LayerPiece>? Pieces { get; init; }

    /// <summary>What the stages of the first group divide among themselves as suits their satellites; null when each stage's work is given.</summary>
    public SharedWork? Shared { get; init; }

    /// <summary>What the user should know about how the graph came to be.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether every stage has exactly the one before it as its input.</summary>
    public bool IsChain => Stages.Select((stage, i) => i == 0 ? stage.Inputs.Count == 0 : stage.Inputs is [var input] && input == Stages[i - 1].Index).All(ok => ok);
}
