using System.Security.Cryptography;

namespace Orrery.Server.Hosting;

/// <summary>The 32 bytes that wrap every secret at rest: from <c>ORRERY_MASTER_KEY</c>, or with SQLite made once in the data folder.</summary>
internal static class MasterKey
{
    public const string Variable = "ORRERY_MASTER_KEY";
    private const int Length = 32;
    private const string HowToMake = "make one with 'head -c 32 /dev/urandom | base64'";

    /// <exception cref="InvalidOperationException">The variable is missing where it is required, or is not a key.</exception>
    public static byte[] Load(DataFolder folder, bool sharedDatabase)
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
            return Decode(given.Trim()) ?? throw new InvalidOperationException($"{Variable} must be base64 of {Length} bytes: {HowToMake}.");
        if (sharedDatabase)
            throw new InvalidOperationException($"With PostgreSQL {Variable} is required, the same on every server: {HowToMake}.");
        if (folder.ReadMasterKey() is { } kept)
            return Decode(kept.Trim()) ?? throw new InvalidOperationException($"{folder.MasterKeyFile} is damaged; put back the file that belongs to this database.");
        var fresh = RandomNumberGenerator.GetBytes(Length);
        folder.WriteMasterKey(Convert.ToBase64String(fresh));
        return fresh;
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length == Length ? bytes[..Length] : null;
    }
}
