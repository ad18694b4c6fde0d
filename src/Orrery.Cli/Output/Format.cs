using System.Globalization;

namespace Orrery.Cli.Output;

/// <summary>Numbers and times as people read them.</summary>
internal static class Format
{
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'");

    public static string Time(DateTimeOffset? time) => time is { } known ? Time(known) : "–";

    /// <summary>A time that the server gives as text; a dash for "", and what is no time as it is.</summary>
    public static string Time(string text) =>
        text.Length == 0 ? "–" : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Time(time) : text;

    /// <summary>How long ago, in its largest unit: like <c>8s</c>, <c>12m</c>, <c>3h</c>, <c>9d</c>.</summary>
    public static string Age(string time, DateTimeOffset now) =>
        !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var then) ? "–" : (now - then) switch
        {
            { TotalSeconds: < 120 } age => $"{Math.Max(0, (int)age.TotalSeconds)}s",
            { TotalMinutes: < 120 } age => $"{(int)age.TotalMinutes}m",
            { TotalHours: < 48 } age => $"{(int)age.TotalHours}h",
            var age => $"{(int)age.TotalDays}d",
        };

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
