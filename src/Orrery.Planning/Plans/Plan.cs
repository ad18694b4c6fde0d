using Orrery.Orbits;

namespace Orrery.Planning;

/// <summary>The planner's verdict: who runs what and when, what it costs, or why it cannot be.</summary>
public sealed record Plan
{
    public required bool Feasible { get; init; }

    /// <summary>Why the plan is infeasible; empty when it is feasible.</summary>
    public IReadOnlyList<PlanReason> Reasons { get; init; } = [];

    /// <summary>Which of the workload's quality tiers it does; null when there are none, or none can be done.</summary>
    public string? QualityTier { get; init; }

    /// <summary>Sending between satellites takes longer than computing; waiting for contacts does not count.</summary>
    public bool IslBound { get; init; }

    /// <summary>Satellites that may run a stage.</summary>
    public int Candidates { get; init; }

    /// <summary>Candidates that the search looked at; less than <see cref="Candidates"/> in large fleets.</summary>
    public int Considered { get; init; }

    public IReadOnlyList<PlannedStage> Stages { get; init; } = [];

    /// <summary>In the order of time; a transfer over several contacts has one entry, a leg, for each.</summary>
    public IReadOnlyList<PlannedTransfer> Transfers { get; init; } = [];

    /// <summary>Seconds from <see cref="StartAt"/> to the end of the last stage or transfer.</summary>
    public double MakespanS { get; init; }

    /// <summary>The longest single part: of computing, sending or waiting.</summary>
    public string? Bottleneck { get; init; }

    /// <summary>No plan on this fleet can take fewer seconds.</summary>
    public double LowerBoundS { get; init; }

    /// <summary>How much of the makespan a better plan could save at most, 0–1: 0 when this one is proven the shortest.</summary>
    public double GapFraction { get; init; }

    /// <summary>Of the class spatial only: what is covered by when, in the order in which it is known on the ground.</summary>
    public IReadOnlyList<TileCoverage> Coverage { get; init; } = [];

    /// <summary>Of the class distributed-training only, which has no stages.</summary>
    public TrainingVerdict? Training { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    public Price Price { get; init; } = Price.Zero;

    /// <summary>Equal for equal verdicts, on any machine.</summary>
    public string Fingerprint { get; init; } = "";

    public DateTimeOffset StartAt { get; init; }

    /// <summary>What the plan takes; finished stages take nothing.</summary>
    public IReadOnlyList<Booking> Bookings { get; init; } = [];

    /// <summary>The elements of the satellites that the plan uses.</summary>
    public IReadOnlyList<ElementSet> Elements { get; init; } = [];
}
