namespace Orrery.Planning;

/// <summary>What one step of synchronous data-parallel training over the fleet's links would take.</summary>
/// <param name="Workers">Satellites that take part.</param>
/// <param name="ComputePerStepS">Forward and backward pass of the slowest worker, waits for power included, seconds.</param>
/// <param name="RingAllReduceS">From there until all have the sum, by a ring; null when it does not end within the horizon.</param>
/// <param name="TreeAllReduceS">The same by a binomial tree.</param>
/// <param name="GradientMb">MB that each worker contributes.</param>
/// <param name="Efficiency">Computing as a part of the step, 0–1; 0 when no all-reduce ends.</param>
/// <param name="OneWorkerS">The same step on the fastest satellite alone, seconds.</param>
/// <param name="GroundS">The same step on the ground, its data there already, seconds.</param>
public sealed record TrainingVerdict(
    int Workers, double ComputePerStepS, double? RingAllReduceS, double? TreeAllReduceS, double GradientMb, double Efficiency, double OneWorkerS, double GroundS)
{
    /// <summary>Seconds of the faster all-reduce; null when neither ends.</summary>
    public double? AllReduceS => RingAllReduceS is { } ring && TreeAllReduceS is { } tree ? Math.Min(ring, tree) : RingAllReduceS ?? TreeAllReduceS;
}
