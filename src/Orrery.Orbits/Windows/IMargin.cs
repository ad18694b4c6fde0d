namespace Orrery.Orbits;

/// <summary>A smooth function of time that is positive while a condition holds, with bounds on its second derivative.</summary>
internal interface IMargin
{
    /// <summary>Upper bound of the second derivative where the value is negative.</summary>
    double RiseBound { get; }

    /// <summary>Upper bound of minus the second derivative where the value is positive.</summary>
    double FallBound { get; }

    /// <summary>Value and its rate per second; false where there is none.</summary>
    bool TryEvaluate(double seconds, out double value, out double rate);
}
