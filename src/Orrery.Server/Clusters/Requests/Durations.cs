namespace Orrery.Server.Clusters.Requests;

internal static class Durations
{
    /// <summary>Like <c>1h2m3s</c>: zero parts are left out, <c>0s</c> at least, days as hours.</summary>
    public static string Runtime(TimeSpan time)
    {
        var seconds = Math.Max(0, (long)time.TotalSeconds);
        var text = Part(seconds / 3600, 'h') + Part(seconds / 60 % 60, 'm') + Part(seconds % 60, 's');
        return text.Length > 0 ? text : "0s";
    }

    private static string Part(long count, char unit) => count > 0 ? $"{count}{unit}" : "";
}
