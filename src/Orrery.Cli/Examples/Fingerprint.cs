using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Orrery.Cli.Examples;

internal static class Fingerprint
{
    private const int Length = 8;

    /// <summary>Differs when a single bit of the weights does.</summary>
    public static byte[] Of(double[] weights) => SHA256.HashData(MemoryMarshal.AsBytes<double>(weights))[..Length];
}
