namespace Orrery.Server.Hosting;

/// <summary>Ids that sort by the time they were made and cannot be guessed.</summary>
internal static class Ids
{
    public static string New(string prefix) => $"{prefix}-{Guid.CreateVersion7():N}";

    /// <summary>Orbital workloads are written with an underscore: <c>wl_9a0b…</c>.</summary>
    public static string NewWorkload() => $"wl_{Guid.CreateVersion7():N}";

    public static bool IsOrbitalWorkload(string id) => id.StartsWith("wl_", StringComparison.Ordinal);
}
