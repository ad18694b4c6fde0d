namespace Orrery.Orbits;

/// <summary>A time of constant generation and load.</summary>
/// <param name="Seconds">How long, not negative.</param>
/// <param name="GenerationW">From the panels, W.</param>
/// <param name="LoadW">Drawn by everything aboard, W.</param>
public readonly record struct LoadStep(double Seconds, double GenerationW, double LoadW);
