using System.Security.Cryptography;
using System.Text;
using Orrery.Orbits;

namespace Orrery.Planning.Catalog;

/// <summary>The stations that a plan may use.</summary>
internal sealed class StationSet
{
    public StationSet(IReadOnlyList<GroundStation> stations, double minElevationDeg)
    {
        Stations = stations;
        MinElevationDeg = minElevationDeg;
        var text = string.Join('|', stations.Select(s => $"{s.Id},{s.LatitudeDeg:R},{s.LongitudeDeg:R},{s.HeightM:R},{s.ElevationMaskDeg:R}"));
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    public IReadOnlyList<GroundStation> Stations { get; }

    public double MinElevationDeg { get; }

    public string Fingerprint { get; }

    /// <summary>The elevation that a contact needs, degrees.</summary>
    public double MaskDeg(GroundStation station) => Math.Max(station.ElevationMaskDeg, MinElevationDeg);
}
