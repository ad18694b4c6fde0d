namespace Orrery.Planning;

/// <summary>A part of a layer, 0 &lt; <paramref name="Fraction"/> ≤ 1.</summary>
public sealed record LayerShare(string Name, double Fraction);

/// <summary>A time in which a stage computes without a break and without a change of light.</summary>
/// <param name="Tflop">TFLOP done in it; 0 when the stage is modelled by a duration.</param>
/// <param name="InUmbra">Whether the satellite is in the Earth's umbra.</param>
public sealed record ComputeSegment(DateTimeOffset Start, DateTimeOffset End, double Tflop, bool InUmbra);

/// <summary>A stage with its place and time.</summary>
public sealed record PlannedStage
{
    public required int Index { get; init; }

    public int Round { get; init; }

    public required string Role { get; init; }

    /// <summary>Indexes of the stages whose results it needs.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    public StageLocation Location { get; init; }

    /// <summary>NORAD number; null on the ground.</summary>
    public int? SatelliteId { get; init; }

    public string? SatelliteName { get; init; }

    public IReadOnlyList<LayerShare> Layers { get; init; } = [];

    /// <summary>Equal parts of the workload's data that it works on; 0 where none is divided.</summary>
    public int Parts { get; init; }

    /// <summary>What it sees of the area, in a spatial workload.</summary>
    public PlannedTile? Tile { get; init; }

    /// <summary>MB that come up to it from outside the workload.</summary>
    public double InputMb { get; init; }

    public double ComputeTflop { get; init; }

    /// <summary>Seconds of computing when the stage is modelled by a duration instead of TFLOP.</summary>
    public double? DurationS { get; init; }

    /// <summary>MB that leave the stage towards the next one, all batches.</summary>
    public double ActivationOutMb { get; init; }

    /// <summary>MB of parameters that the stage holds.</summary>
    public double MemoryMb { get; init; }

    public DateTimeOffset Start { get; init; }

    public DateTimeOffset End { get; init; }

    /// <summary>When it computes; between two segments it waits for power or for another's booking to end.</summary>
    public IReadOnlyList<ComputeSegment> Segments { get; init; } = [];
}
