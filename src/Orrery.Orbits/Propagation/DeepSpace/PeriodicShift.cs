namespace Orrery.Orbits;

/// <summary>Sum of the lunar and solar periodic terms at a time; perigee and node before they are divided by sin i.</summary>
internal struct PeriodicShift
{
    /// <summary>Below this inclination, radians, the terms are applied in Lyddane's non-singular form.</summary>
    private const double LyddaneLimit = 0.2;

    public double Eccentricity;
    public double Inclination;
    public double Longitude;
    public double Perigee;
    public double Node;

    public readonly void Apply(ref MeanState mean)
    {
        mean.Inclination += Inclination;
        mean.Eccentricity += Eccentricity;
        if (mean.Inclination >= LyddaneLimit)
            ApplyDirectly(ref mean);
        else
            ApplyLyddane(ref mean);

        if (mean.Inclination >= 0)
            return;
        mean.Inclination = -mean.Inclination;
        mean.Node += Math.PI;
        mean.Perigee -= Math.PI;
    }

    private readonly void ApplyDirectly(ref MeanState mean)
    {
        var (sin, cos) = Math.SinCos(mean.Inclination);
        var node = Node / sin;
        mean.Perigee += Perigee - (cos * node);
        mean.Node += node;
        mean.MeanAnomaly += Longitude;
    }

    private readonly void ApplyLyddane(ref MeanState mean)
    {
        var (sin, cos) = Math.SinCos(mean.Inclination);
        var (sinNode, cosNode) = Math.SinCos(mean.Node);
        var alpha = (sin * sinNode) + (Node * cosNode) + (Inclination * cos * sinNode);
        var beta = (sin * cosNode) - (Node * sinNode) + (Inclination * cos * cosNode);
        var before = mean.Node % Math.Tau;
        var longitude = mean.MeanAnomaly + mean.Perigee + (cos * before) + Longitude + Perigee - (Inclination * before * sin);
        mean.Node = Math.Atan2(alpha, beta);
        if (Math.Abs(before - mean.Node) > Math.PI)
            mean.Node += mean.Node < before ? Math.Tau : -Math.Tau;
        mean.MeanAnomaly += Longitude;
        mean.Perigee = longitude - mean.MeanAnomaly - (cos * mean.Node);
    }
}
