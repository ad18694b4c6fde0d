namespace Orrery.Orbits;

/// <summary>What drag did by a time.</summary>
/// <param name="AxisFactor">Square root of the factor on the semi-major axis.</param>
/// <param name="EccentricityLoss">To be taken from the eccentricity.</param>
/// <param name="LongitudeGain">To be added to the mean longitude, per unit of the mean motion at epoch.</param>
internal readonly record struct DragEffect(double AxisFactor, double EccentricityLoss, double LongitudeGain);
