namespace Orrery.Planning.Expansion;

/// <summary>How a stage joins its inputs.</summary>
public abstract record StageJoin
{
    private StageJoin()
    {
    }

    /// <summary>It waits for all of them.</summary>
    public sealed record All : StageJoin;

    /// <summary>It waits for <paramref name="Count"/> of them, and for more only until <paramref name="By"/>.</summary>
    public sealed record Quorum(int Count, DateTimeOffset? By) : StageJoin;
}

/// <summary>A stage before it has a place.</summary>
public sealed record StageSpec
{
    public required int Index { get; init; }

    public int Round { get; init; }

    public string Role { get; init; } = "stage";

    public StageLocation Eligible { get; init; }

    /// <summary>It may run on the ground as well, when that is earlier.</summary>
    public bool MayBeGround { get; init; }

    /// <summary>NORAD number of the one satellite that may run it; null: any.</summary>
    public int? Only { get; init; }

    /// <summary>NORAD number of a satellite that must not run it.</summary>
    public int? Except { get; init; }

    /// <summary>The index of a stage whose place must also run this one.</summary>
    public int? SamePlaceAs { get; init; }

    /// <summary>Stages of one group have the same inputs and run side by side, each on a satellite of its own; null: it has none.</summary>
    public int? Group { get; init; }

    /// <summary>It starts no earlier, seconds since 1970: its satellite has seen what it works on only then.</summary>
    public double NotBefore { get; init; }

    /// <summary>What it sees of the area, in a spatial workload.</summary>
    public PlannedTile? Tile { get; init; }

    /// <summary>The others are of use without it: it is left out rather than that the plan ends too late.</summary>
    public bool MayBeMissing { get; init; }

    /// <summary>Parts of the <see cref="SharedWork"/> that it does; 0 where none is divided.</summary>
    public int Parts { get; init; }

    public StageJoin Join { get; init; } = new StageJoin.All();

    /// <summary>Indexes of the stages whose results it needs.</summary>
    public IReadOnlyList<int> Inputs { get; init; } = [];

    public double ComputeTflop { get; init; }

    /// <summary>Seconds of computing, whatever the rate; replaces <see cref="ComputeTflop"/>.</summary>
    public double? DurationS { get; init; }

    /// <summary>MB that come up from the ground before it starts.</summary>
    public double InputMb { get; init; }

    /// <summary>MB that leave it: to the stages that name it as an input, or to the ground when none does.</summary>
    public double OutputMb { get; init; }

    public double MemoryMb { get; init; }

    public IReadOnlyList<LayerShare> Layers { get; init; } = [];
}
