namespace Orrery.Planning.Timeline;

/// <summary>What a satellite can compute by when; tag 1 is umbra.</summary>
/// <param name="Tflop">TFLOP by time.</param>
/// <param name="Duty">Seconds of computing at the full rate by time, for work that is given as a duration.</param>
internal sealed record ComputeProfile(Curve Tflop, Curve Duty)
{
    public const int Sunlit = 0;
    public const int Umbra = 1;

    public ComputeProfile Without(IReadOnlyList<Interval> taken) => taken.Count == 0 ? this : new(Tflop.Without(taken), Duty.Without(taken));
}
