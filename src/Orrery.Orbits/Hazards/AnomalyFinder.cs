namespace Orrery.Orbits;

/// <summary>Finds when a satellite is inside the South Atlantic Anomaly, to 0.01 s; none longer than 0.1 s is missed.</summary>
/// <remarks>
/// Each step is as long as the greatest speed of the ground track and of the height prove free of an entry or an exit: the distance to the polygon's
/// edge on the map, or to a bound on the height, over that speed. Far from the poles a degree of longitude is bounded by a degree of arc over the
/// cosine of the latitude; nearer to a pole than the polygon reaches only the latitude counts.
/// </remarks>
public static class AnomalyFinder
{
    private const double LeastStepSeconds = 0.1;
    private const double GreatestStepSeconds = 600;
    private const double RootTolerance = 0.005;

    /// <summary>Degrees between geodetic and geocentric latitude at most, with a margin for its change.</summary>
    private const double RateMargin = 1.02;

    /// <summary>Latitudes this far beyond the polygon's are far from it, degrees.</summary>
    private const double BandDeg = 5;

    /// <summary>Greatest change of the ellipsoid's radius along a track for a radian of arc, km.</summary>
    private const double EllipsoidKmPerRad = 22;

    /// <summary>Times inside, in order, cut by the ephemeris.</summary>
    public static IReadOnlyList<TimeRange> Find(Ephemeris satellite, SouthAtlanticAnomaly anomaly)
    {
        var region = new MapRegion(anomaly.Polygon);
        var speeds = Speeds.Of(new MotionBounds(satellite.Satellite));
        var found = new List<TimeRange>();
        var (time, place) = (0.0, Place(satellite, 0));
        var inside = anomaly.Contains(place);
        var entered = 0.0;
        while (time < satellite.Duration)
        {
            var next = Math.Min(satellite.Duration, time + SafeStep(place, anomaly, region, speeds));
            place = Place(satellite, next);
            if (anomaly.Contains(place) != inside)
            {
                var edge = Edge(satellite, anomaly, time, next, inside);
                if (inside)
                    found.Add(new(satellite.Start.After(entered), satellite.Start.After(edge)));
                (inside, entered) = (!inside, edge);
            }

            time = next;
        }

        if (inside && time > entered)
            found.Add(new(satellite.Start.After(entered), satellite.Start.After(time)));
        return found;
    }

    private static double SafeStep(Geodetic place, SouthAtlanticAnomaly anomaly, MapRegion region, Speeds speeds)
    {
        var outOfHeight = Math.Max(anomaly.MinHeightKm - place.HeightKm, place.HeightKm - anomaly.MaxHeightKm);
        var heightStep = Math.Abs(outOfHeight) / speeds.HeightKmPerS;
        var mapStep = MapStep(place, region, speeds.AngleDegPerS);
        var inPolygon = anomaly.Contains(place with { HeightKm = (anomaly.MinHeightKm + anomaly.MaxHeightKm) / 2 });
        var step = outOfHeight > 0
            ? inPolygon ? heightStep : Math.Max(heightStep, mapStep)
            : inPolygon ? Math.Min(heightStep, mapStep) : mapStep;
        return Math.Clamp(step, LeastStepSeconds, GreatestStepSeconds);
    }

    /// <summary>Seconds in which the ground track cannot reach the polygon's edge.</summary>
    private static double MapStep(Geodetic place, MapRegion region, double degPerS)
    {
        var latitude = Math.Abs(place.LatitudeDeg);
        var band = region.GreatestLatitudeDeg + BandDeg;
        if (latitude >= band)
            return (latitude - region.GreatestLatitudeDeg) / degPerS;
        var distance = Math.Min(region.DistanceDeg(place.LatitudeDeg, place.LongitudeDeg), (band + BandDeg - latitude));
        var stretch = Math.Min(89, band + BandDeg);
        return distance * Math.Cos(double.DegreesToRadians(stretch)) / degPerS;
    }

    private static double Edge(Ephemeris satellite, SouthAtlanticAnomaly anomaly, double low, double high, bool atLow)
    {
        while (high - low > RootTolerance)
        {
            var middle = low + ((high - low) / 2);
            if (anomaly.Contains(Place(satellite, middle)) == atLow)
                low = middle;
            else
                high = middle;
        }

        return low + ((high - low) / 2);
    }

    private static Geodetic Place(Ephemeris satellite, double seconds) =>
        Frames.ToGeodetic(satellite.EarthFixed(satellite.Start.After(Math.Min(seconds, satellite.Duration))).Position);

    /// <summary>Greatest speeds over the rotating Earth.</summary>
    private readonly record struct Speeds(double AngleDegPerS, double HeightKmPerS)
    {
        public static Speeds Of(MotionBounds bounds)
        {
            var angle = RateMargin * ((bounds.MaxSpeed / bounds.MinRadius) + Wgs84.RotationRate);
            var eccentricity = (bounds.MaxRadius - bounds.MinRadius) / (bounds.MaxRadius + bounds.MinRadius);
            return new(double.RadiansToDegrees(angle), (eccentricity * bounds.MaxSpeed) + (EllipsoidKmPerRad * angle));
        }
    }
}
