namespace Orrery.Planning;

/// <summary>What a user wants planned, validated and with its defaults filled in.</summary>
public sealed record WorkSpec
{
    public WorkloadClass Class { get; init; }

    /// <summary>Training costs three times the forward pass.</summary>
    public bool Training { get; init; }

    /// <summary>Where a <see cref="WorkloadClass.Single"/> workload runs.</summary>
    public StageLocation Location { get; init; }

    public IReadOnlyList<ModelLayer> Layers { get; init; } = [];

    /// <summary>Stages of a chain; absent: as many as there are layers, at most one per candidate.</summary>
    public int? Stages { get; init; }

    /// <summary>Shards of a data-parallel workload; absent: one a batch, at most <see cref="PlanningOptions.UsualShards"/> and the candidates.</summary>
    public int? Shards { get; init; }

    /// <summary>What a spatial workload is about.</summary>
    public GeoArea? Area { get; init; }

    /// <summary>So much of the area has to be on the ground in time, 0–1, to the size of the smallest tile.</summary>
    public double MinCoverage { get; init; }

    /// <summary>Rounds of a federated workload.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Clients whose updates a federated round waits for; absent: those named, or a few.</summary>
    public int? MinParticipants { get; init; }

    /// <summary>The user has named the satellites: in a federated workload all of them are clients.</summary>
    public bool NamesSatellites { get; init; }

    /// <summary>Steps of split learning.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>The last layer of the head in split learning; absent: the planner chooses.</summary>
    public string? CutAfter { get; init; }

    /// <summary>NORAD number of the satellite that holds the data in split learning.</summary>
    public int? Owner { get; init; }

    /// <summary>MB that go up to the first stage before it starts.</summary>
    public double InputMb { get; init; }

    /// <summary>MB that come down from the last stage.</summary>
    public double OutputMb { get; init; }

    public int Batches { get; init; } = 1;

    /// <summary>Seconds of computing that every stage takes, whatever the rate of its satellite.</summary>
    public double? DurationS { get; init; }

    public PlanObjective Objective { get; init; }

    public required DateTimeOffset StartAt { get; init; }

    /// <summary>How far ahead the planner looks.</summary>
    public TimeSpan Horizon { get; init; } = TimeSpan.FromHours(12);

    /// <summary>The plan must end within this time after <see cref="StartAt"/>.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>From the best to the cheapest: the plan takes the first that can be done within the limits. Empty: the workload as it stands.</summary>
    public IReadOnlyList<QualityTier> Tiers { get; init; } = [];

    /// <summary>The work of a tier; without tiers.</summary>
    /// <exception cref="ArgumentException">There is no such tier.</exception>
    public WorkSpec At(string? tier)
    {
        if (tier is null && Tiers.Count == 0)
            return this;
        var at = Tiers.FirstOrDefault(one => one.Name == tier) ?? throw new ArgumentException($"There is no quality tier '{tier}'.", nameof(tier));
        return this with
        {
            Tiers = [],
            Layers = [.. Layers.Select(layer => layer with { ComputeTflop = layer.ComputeTflop * at.Compute, ActivationMb = layer.ActivationMb * at.Activation, ParamsMb = layer.ParamsMb * at.Params })],
            DurationS = DurationS * at.Compute,
            OutputMb = OutputMb * at.Output,
        };
    }

    /// <summary>Ground contacts need this elevation, degrees, and at least the station's own mask.</summary>
    public double MinElevationDeg { get; init; } = 5;
}
