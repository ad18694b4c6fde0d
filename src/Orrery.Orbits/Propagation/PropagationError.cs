namespace Orrery.Orbits;

/// <summary>Why a state could not be computed. The numbers are those of the published SGP4 code.</summary>
public enum PropagationError
{
    None = 0,

    /// <summary>Mean eccentricity left −0.001 … 1 through drag.</summary>
    MeanEccentricity = 1,

    /// <summary>Mean motion fell to zero or below.</summary>
    MeanMotion = 2,

    /// <summary>Eccentricity with lunar and solar terms left 0 … 1.</summary>
    PerturbedEccentricity = 3,

    /// <summary>The semi-latus rectum became negative.</summary>
    SemiLatusRectum = 4,

    /// <summary>The satellite is below the Earth's surface: it has decayed.</summary>
    Decayed = 6,
}
