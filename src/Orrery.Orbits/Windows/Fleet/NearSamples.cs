using System.Numerics;
using System.Runtime.Intrinsics;

namespace Orrery.Orbits;

/// <summary>Which samples of a satellite lie above, or less than a slack below, the cone of a site's elevation mask: a bit each.</summary>
internal sealed class NearSamples(SampleClock clock)
{
    private readonly ulong[] bits = new ulong[(clock.Count + 63 + 64) / 64];

    /// <param name="samples">The satellite.</param>
    /// <param name="site">The site.</param>
    /// <param name="sinMask">Sine of the elevation mask.</param>
    /// <param name="slack">km of height over the cone.</param>
    /// <returns>Whether there is any.</returns>
    public bool Mark(EarthFixedSamples samples, GroundSite site, double sinMask, double slack)
    {
        Array.Clear(bits);
        var (siteX, siteY, siteZ) = (Vector512.Create(site.Position.X), Vector512.Create(site.Position.Y), Vector512.Create(site.Position.Z));
        var (upX, upY, upZ) = (Vector512.Create(site.Up.X), Vector512.Create(site.Up.Y), Vector512.Create(site.Up.Z));
        var (sin, limit) = (Vector512.Create(sinMask), Vector512.Create(-slack));
        var allX = samples.X;
        var allY = samples.Y;
        var allZ = samples.Z;
        var any = false;
        for (var i = 0; i < allX.Length; i += NearEarthLanes.Width)
        {
            var x = Vector512.Create(allX.Slice(i, NearEarthLanes.Width)) - siteX;
            var y = Vector512.Create(allY.Slice(i, NearEarthLanes.Width)) - siteY;
            var z = Vector512.Create(allZ.Slice(i, NearEarthLanes.Width)) - siteZ;
            var height = (x * upX) + (y * upY) + (z * upZ);
            if (sinMask >= 0 && !Vector512.GreaterThanAny(height, limit))
                continue;
            var overCone = height - (sin * Vector512.Sqrt((x * x) + (y * y) + (z * z)));
            var near = Vector512.GreaterThan(overCone, limit).ExtractMostSignificantBits();
            bits[i >> 6] |= near << (i & 63);
            any |= near != 0;
        }

        return any;
    }

    /// <summary>The first cell from one on with an end that is near; −1 when there is none.</summary>
    public int NextCell(int from)
    {
        var cells = clock.Count - 1;
        for (var word = from >> 6; word << 6 < cells; word++)
        {
            var ends = bits[word] | (bits[word] >> 1) | (bits[word + 1] << 63);
            if (word == from >> 6)
                ends &= ulong.MaxValue << (from & 63);
            if (ends == 0)
                continue;
            var cell = (word << 6) + BitOperations.TrailingZeroCount(ends);
            return cell < cells ? cell : -1;
        }

        return -1;
    }
}
