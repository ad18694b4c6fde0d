namespace Orrery.Orbits;

/// <summary>The Sun or the Moon as a perturbing body: its orbit seen from the satellite's node, and the strength of its pull.</summary>
internal readonly record struct ThirdBody(
    double SinPerigee,
    double CosPerigee,
    double SinInclination,
    double CosInclination,
    double SinNode,
    double CosNode,
    double Strength,
    double MeanMotion,
    double Eccentricity,
    double MeanAnomalyAtEpoch);
