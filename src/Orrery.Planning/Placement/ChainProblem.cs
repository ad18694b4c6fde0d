namespace Orrery.Planning.Placement;

/// <summary>A chain of stages to be cut and placed.</summary>
internal sealed record ChainProblem
{
    /// <summary>Stages to place.</summary>
    public required int Stages { get; init; }

    /// <summary>The pieces in order: at least one per stage.</summary>
    public required IReadOnlyList<PieceWork> Pieces { get; init; }

    /// <summary>Seconds of computing of every stage; replaces the pieces' TFLOP.</summary>
    public double? DurationS { get; init; }

    /// <summary>When the input is there, seconds since 1970.</summary>
    public required double Start { get; init; }

    /// <summary>The plan must end by then, seconds since 1970.</summary>
    public required double End { get; init; }

    /// <summary>Where the input is: a satellite's index or the ground.</summary>
    public required int Source { get; init; }

    public required double InputMb { get; init; }

    /// <summary>MB that come down to the ground from the last stage.</summary>
    public required double OutputMb { get; init; }

    /// <summary>Indexes of the satellites that may run a stage, in the order of preference among equals.</summary>
    public required IReadOnlyList<int> Candidates { get; init; }

    /// <summary>Whether a satellite may run a stage, counted from 0 among those to place.</summary>
    public required Func<int, int, bool> Allowed { get; init; }

    /// <summary>Satellites that finished stages have used.</summary>
    public required IReadOnlySet<int> Used { get; init; }

    /// <summary>Stages that may run on a satellite that another stage has used.</summary>
    public int MaxShared { get; init; }

    /// <summary>Most TFLOP of a stage for each TFLOP/s of its satellite: the cap of a balanced partition, seconds.</summary>
    public double MaxStageS { get; init; } = double.PositiveInfinity;

    /// <summary>A placement that is not better by this part of the whole time is not looked for; the solution's bound says what that leaves open.</summary>
    public double Tolerance { get; init; }

    public PlanObjective Objective { get; init; }

    /// <summary>Fastest link, MB/s; bounds the time of a transfer from below.</summary>
    public required double FastestLinkMbS { get; init; }
}

/// <summary>What placement must know of a piece.</summary>
/// <param name="Tflop">TFLOP, all batches.</param>
/// <param name="ActivationMb">MB that leave it, all batches.</param>
/// <param name="ParamsMb">MB of parameters.</param>
internal readonly record struct PieceWork(double Tflop, double ActivationMb, double ParamsMb);

/// <summary>Where the stages run and where the chain is cut.</summary>
/// <param name="Satellites">The satellite's index by stage.</param>
/// <param name="Cuts">By stage, the number of pieces that it and the stages before it hold.</param>
/// <param name="End">When the output has arrived, seconds since 1970.</param>
/// <param name="Complete">Whether the search was exhaustive.</param>
/// <param name="Bound">No placement ends earlier, seconds since 1970.</param>
internal sealed record ChainSolution(IReadOnlyList<int> Satellites, IReadOnlyList<int> Cuts, double End, bool Complete, double Bound);
