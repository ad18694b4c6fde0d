namespace Orrery.Server.Clusters.Backends;

/// <summary>Text that users' programs and images wrote, fit for messages and every database: without control characters, and not too long.</summary>
internal static class PlainText
{
    private const int Longest = 1000;

    public static string Of(string text)
    {
        var cut = text.Length > Longest ? string.Concat(text.AsSpan(0, Longest), "…") : text;
        return cut.Any(IsUnfit) ? string.Concat(cut.Select(letter => IsUnfit(letter) ? ' ' : letter)) : cut;
    }

    private static bool IsUnfit(char letter) => char.IsControl(letter) && letter is not ('\n' or '\t');
}
