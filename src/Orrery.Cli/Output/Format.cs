namespace Orrery.Cli.Output;

/// <summary>Numbers and times as people read them.</summary>
internal static class Format
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");

    public static string Time(DateTimeOffset? time) => time is { } known ? Time(known) : "–";

    public static string Clock(DateTimeOffset time) => time.UtcDateTime.ToString("HH:mm:ss'Z'");

    /// <summary>Like <c>0.4 s</c>, <c>45.2 s</c>, <c>12 min 05 s</c>, <c>3 h 07 min</c>, <c>2 d 4 h</c>.</summary>
    public static string Duration(double seconds)
    {
        if (seconds < 59.95)
            return $"{Math.Max(0, seconds):0.0} s";
        var span = TimeSpan.FromSeconds(Math.Round(seconds));
        return span.TotalHours < 1 ? $"{span.Minutes} min {span.Seconds:00} s"
            : span.TotalDays < 1 ? $"{span.Hours} h {span.Minutes:00} min"
            : $"{(int)span.TotalDays} d {span.Hours} h";
    }

    public static string Duration(double? seconds) => seconds is { } known ? Duration(known) : "–";

    public static string Megabytes(double mb) => mb >= 1000 ? $"{mb / 1000:0.##} GB" : $"{mb:0.##} MB";

    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => $"{bytes} B",
        < 1_000_000 => $"{bytes / 1e3:0.#} kB",
        < 1_000_000_000 => $"{bytes / 1e6:0.#} MB",
        _ => $"{bytes / 1e9:0.##} GB",
    };
}
