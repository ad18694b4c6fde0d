using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace Orrery.Orbits;

internal static class ElementFingerprint
{
    private const int HexDigits = 16;

    private static readonly ConditionalWeakTable<ElementSet, string> Known = [];

    /// <summary>Kept as long as the elements are: each plan asks for those of the whole fleet.</summary>
    public static string Of(ElementSet elements) => Known.GetValue(elements, Find);

    /// <summary>The first hexadecimal digits of SHA-256 over the identity, the epoch's ticks and the shortest round-trip form of each element.</summary>
    private static string Find(ElementSet elements)
    {
        var canonical = string.Create(CultureInfo.InvariantCulture, $"""
            {elements.NoradId}|{elements.Epoch.UtcTicks}|{elements.InclinationDeg:R}|{elements.RaanDeg:R}|{elements.Eccentricity:R}|
            {elements.ArgumentOfPerigeeDeg:R}|{elements.MeanAnomalyDeg:R}|{elements.MeanMotionRevPerDay:R}|{elements.BStar:R}
            """);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))[..HexDigits];
    }
}
