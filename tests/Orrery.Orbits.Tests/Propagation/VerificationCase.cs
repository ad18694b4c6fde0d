namespace Orrery.Orbits.Tests;

/// <param name="Elements">The satellite.</param>
/// <param name="Start">Minutes since epoch.</param>
/// <param name="Stop">Minutes since epoch.</param>
/// <param name="Step">Minutes.</param>
/// <param name="States">Minutes since epoch, x, y, z (km), vx, vy, vz (km/s).</param>
internal sealed record VerificationCase(ElementSet Elements, double Start, double Stop, double Step, IReadOnlyList<double[]> States)
{
    /// <summary>The first time that the published states leave out.</summary>
    public double Next => States.Count == 0 ? 0 : States[^1][0] + Step;
}
