namespace Orrery.Orbits;

/// <summary>One harmonic of the half-day resonance: strength · sin(perigees · ω + angles · λ − phase).</summary>
internal readonly record struct HalfDayTerm(double Strength, int Perigees, int Angles, double Phase);
