using System.Globalization;

namespace Orrery.Orbits.Tests;

/// <summary>The published verification elements and states (see Data/README.md).</summary>
internal static class VerificationTable
{
    /// <summary>Fails at its epoch; its one line in the table is what the published program printed of the satellite before.</summary>
    private const int NoStates = 33334;

    private const int TleLength = 69;
    private const int StateColumns = 7;
    private static readonly char[] Blanks = [' ', '\t'];

    public static IReadOnlyList<VerificationCase> Cases { get; } = Load();

    private static List<VerificationCase> Load()
    {
        var lines = Lines("sgp4-verification.tle").Where(l => l.Length > 0 && l[0] != '#').ToList();
        var states = States();
        return [.. lines.Chunk(2).Select((pair, i) => Case(pair[0], pair[1], states[i]))];
    }

    private static VerificationCase Case(string one, string two, List<double[]> states)
    {
        var span = Numbers(two[TleLength..]);
        var elements = TleReader.Read(Closed(one) + "\n" + Closed(two)).ShouldHaveSingleItem();
        return new(elements, span[0], span[1], span[2], elements.NoradId == NoStates ? [] : states);
    }

    /// <summary>Some published lines are shorter or carry another checksum.</summary>
    private static string Closed(string line)
    {
        var body = line.PadRight(TleLength)[..(TleLength - 1)];
        return body + TleLine.Checksum(body + "0");
    }

    private static List<List<double[]>> States()
    {
        var all = new List<List<double[]>>();
        foreach (var line in Lines("sgp4-verification.states").Where(l => l.Length > 0))
        {
            if (line.EndsWith("xx", StringComparison.Ordinal))
                all.Add([]);
            else
                all[^1].Add(Numbers(line, StateColumns));
        }

        return all;
    }

    private static double[] Numbers(string text, int count = int.MaxValue) =>
        [.. text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Take(count).Select(n => double.Parse(n, CultureInfo.InvariantCulture))];

    private static IEnumerable<string> Lines(string resource)
    {
        using var reader = new StreamReader(typeof(VerificationTable).Assembly.GetManifestResourceStream(resource)!);
        return [.. reader.ReadToEnd().Split('\n').Select(l => l.TrimEnd())];
    }
}
