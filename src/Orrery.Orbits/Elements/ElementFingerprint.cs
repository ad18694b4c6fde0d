using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orrery.Orbits;

internal static class ElementFingerprint
{
    private const int HexDigits = 16;

    /// <summary>The first hexadecimal digits of SHA-256 over the identity, the epoch's ticks and the shortest round-trip form of each element.</summary>
    public static string Of(ElementSet elements)
    {
        var canonical = string.Create(CultureInfo.InvariantCulture, $"""
            {elements.NoradId}|{elements.Epoch.UtcTicks}|{elements.InclinationDeg:R}|{elements.RaanDeg:R}|{elements.Eccentricity:R}|
            {elements.ArgumentOfPerigeeDeg:R}|{elements.MeanAnomalyDeg:R}|{elements.MeanMotionRevPerDay:R}|{elements.BStar:R}
            """);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))[..HexDigits];
    }
}
