using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Durations like <c>2h</c>, <c>1h30m</c>, <c>90s</c>, <c>2d</c>, or plain seconds.</summary>
internal static partial class DurationText
{
    private const int SecondsPerDay = 86_400;
    private const int SecondsPerHour = 3_600;
    private const int SecondsPerMinute = 60;

    /// <summary>Seconds; null when the text is no duration.</summary>
    public static long? Seconds(string text)
    {
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain))
            return plain;
        var match = Pattern().Match(text);
        if (text.Length == 0 || !match.Success)
            return null;
        return (Number(match, "d") * SecondsPerDay) + (Number(match, "h") * SecondsPerHour) + (Number(match, "m") * SecondsPerMinute) + Number(match, "s");
    }

    public static Option<long?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "2h|30m|90s",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Seconds(text) is not { } seconds)
                result.AddError($"{name} {text}: expected a duration like 2h, 30m, 1h30m or 90s.");
            else
                return seconds;
            return null;
        },
    };

    private static long Number(Match match, string unit) =>
        match.Groups[unit] is { Success: true } group ? long.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex("^(?:(?<d>[0-9]{1,6})d)?(?:(?<h>[0-9]{1,7})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,10})s)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
