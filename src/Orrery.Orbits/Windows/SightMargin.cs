namespace Orrery.Orbits;

/// <summary>Line of sight past a sphere of radius R, km²: a · b + √(a² − R²)·√(b² − R²) − R².</summary>
/// <remarks>
/// A line between two points touches the sphere when their distance is the sum of their tangent lengths; this is half the difference of the two
/// squares, which unlike the difference itself is smooth.
/// </remarks>
internal readonly struct SightMargin : IMargin
{
    private const double LeastTangentKm = 300;
    private const double Allowance = 1.1;

    private readonly SatellitePair pair;
    private readonly double radiusSquared;

    public SightMargin(SatellitePair pair, IslLimits limits)
    {
        this.pair = pair;
        var radius = Wgs84.EquatorialRadiusKm + limits.ClearanceKm;
        radiusSquared = radius * radius;
        var (a, b) = (pair.BoundsA, pair.BoundsB);
        var (ta, tb) = (Tangent.Of(a, radius), Tangent.Of(b, radius));
        var lineTerms = (a.MaxAcceleration * b.MaxRadius) + (2 * a.MaxSpeed * b.MaxSpeed) + (a.MaxRadius * b.MaxAcceleration);
        var tangentTerms = (ta.Curvature * tb.Greatest) + (2 * ta.Rate * tb.Rate) + (ta.Greatest * tb.Curvature);
        RiseBound = FallBound = Allowance * (lineTerms + tangentTerms);
    }

    public double RiseBound { get; }

    public double FallBound { get; }

    public bool TryEvaluate(double seconds, out double value, out double rate)
    {
        (value, rate) = (0, 0);
        if (!pair.TryStates(seconds, out var a, out var b))
            return false;
        var squareA = Vector3d.Dot(a.Position, a.Position) - radiusSquared;
        var squareB = Vector3d.Dot(b.Position, b.Position) - radiusSquared;
        if (squareA <= 0 || squareB <= 0)
            return false;
        var (tangentA, tangentB) = (Math.Sqrt(squareA), Math.Sqrt(squareB));
        value = Vector3d.Dot(a.Position, b.Position) + (tangentA * tangentB) - radiusSquared;
        rate = Vector3d.Dot(a.Velocity, b.Position) + Vector3d.Dot(a.Position, b.Velocity)
            + (Vector3d.Dot(a.Position, a.Velocity) / tangentA * tangentB)
            + (Vector3d.Dot(b.Position, b.Velocity) / tangentB * tangentA);
        return true;
    }

    /// <summary>Bounds of a tangent length, km, and of its first and second derivatives.</summary>
    private readonly record struct Tangent(double Greatest, double Rate, double Curvature)
    {
        public static Tangent Of(MotionBounds bounds, double radius)
        {
            var least = Math.Sqrt(Math.Max(LeastTangentKm * LeastTangentKm, (bounds.MinRadius * bounds.MinRadius) - (radius * radius)));
            var eccentricity = (bounds.MaxRadius - bounds.MinRadius) / (bounds.MaxRadius + bounds.MinRadius);
            var radialSpeed = eccentricity * bounds.MaxSpeed;
            var rate = Math.Max(1, bounds.MinRadius / least) * radialSpeed;
            var curvature = ((eccentricity * bounds.Potential) + (rate * rate)) / least;
            return new(bounds.MaxRadius, rate, curvature);
        }
    }
}
