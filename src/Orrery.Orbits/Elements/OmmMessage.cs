using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Orrery.Orbits;

/// <summary>One orbit mean-elements message.</summary>
internal readonly partial struct OmmMessage
{
    private const int LongestName = 100;

    private readonly JsonElement message;
    private readonly int position;

    public OmmMessage(JsonElement message, int position)
    {
        this.message = message;
        this.position = position;
        if (message.ValueKind != JsonValueKind.Object)
            throw Fault("json", "must be an object");
    }

    public ElementSet ToElementSet()
    {
        Must("CENTER_NAME", "EARTH");
        Must("REF_FRAME", "TEME");
        Must("TIME_SYSTEM", "UTC");
        Must("MEAN_ELEMENT_THEORY", "SGP4");
        var id = (int)Number("NORAD_CAT_ID", 1, CatalogNumber.Greatest);
        return new ElementSet
        {
            NoradId = id,
            Name = Name() ?? $"NORAD {id}",
            InternationalDesignator = Designator(),
            Classification = Classification(),
            Epoch = Epoch(),
            MeanMotionRevPerDay = Number("MEAN_MOTION", ElementRange.MeanMotion),
            Eccentricity = Number("ECCENTRICITY", ElementRange.Eccentricity),
            InclinationDeg = Number("INCLINATION", ElementRange.Inclination),
            RaanDeg = Number("RA_OF_ASC_NODE", ElementRange.Raan),
            ArgumentOfPerigeeDeg = Number("ARG_OF_PERICENTER", ElementRange.ArgumentOfPerigee),
            MeanAnomalyDeg = Number("MEAN_ANOMALY", ElementRange.MeanAnomaly),
            BStar = Number("BSTAR", ElementRange.BStar),
            MeanMotionDot = Number("MEAN_MOTION_DOT", ElementRange.MeanMotionDot, optional: true),
            MeanMotionDdot = Number("MEAN_MOTION_DDOT", ElementRange.MeanMotionDdot, optional: true),
            ElementSetNumber = (int)Number("ELEMENT_SET_NO", 0, int.MaxValue, optional: true),
            RevolutionNumber = (int)Number("REV_AT_EPOCH", 0, int.MaxValue, optional: true),
        };
    }

    [GeneratedRegex(@"^(?:\d\d)?(?<year>\d\d)-(?<launch>\d{3})(?<piece>[A-Z]{1,3})$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DesignatorForm();

    private string? Text(string member)
    {
        if (!message.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw Fault(member, "must be a number or a string"),
        };
    }

    private double Number(string member, ElementRange range, bool optional = false)
    {
        var value = Number(member, optional);
        return range.Contains(value) ? value : throw Fault(member, $"is {value}, {range.Rule}");
    }

    private double Number(string member, int least, int greatest, bool optional = false)
    {
        var value = Number(member, optional);
        return value >= least && value <= greatest && value == Math.Floor(value) || (optional && value == 0)
            ? value
            : throw Fault(member, $"is {value}, must be a whole number from {least} to {greatest}");
    }

    private double Number(string member, bool optional)
    {
        var text = Text(member);
        if (text is null)
            return optional ? 0 : throw Fault(member, "is missing");
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Fault(member, $"'{text}' is not a number");
    }

    private string? Name()
    {
        var name = Text("OBJECT_NAME")?.Trim();
        if (string.IsNullOrEmpty(name))
            return null;
        return name.Length <= LongestName && !name.Any(char.IsControl)
            ? name
            : throw Fault("OBJECT_NAME", $"must have at most {LongestName} characters, none of them control characters");
    }

    private string? Designator()
    {
        var text = Text("OBJECT_ID");
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var match = DesignatorForm().Match(text);
        return match.Success
            ? match.Groups["year"].Value + match.Groups["launch"].Value + match.Groups["piece"].Value
            : throw Fault("OBJECT_ID", $"'{text}' must be of the form 1998-067A");
    }

    private char Classification() => Text("CLASSIFICATION_TYPE") switch
    {
        null or "" or "U" => 'U',
        "C" => 'C',
        "S" => 'S',
        var other => throw Fault("CLASSIFICATION_TYPE", $"'{other}' must be U, C or S"),
    };

    private DateTimeOffset Epoch()
    {
        var text = Text("EPOCH") ?? throw Fault("EPOCH", "is missing");
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var epoch)
            ? epoch
            : throw Fault("EPOCH", $"'{text}' must be a UTC time of the form 2026-09-18T03:25:38.782272");
    }

    private void Must(string member, string expected)
    {
        if (Text(member) is { } value && value != expected)
            throw Fault(member, $"'{value}' must be {expected}");
    }

    private ElementFormatException Fault(string member, string problem) =>
        new($"Element set {position}: {member} {problem}.", position, null, member);
}
