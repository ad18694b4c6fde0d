namespace Orrery.Server.Clusters.Requests;

/// <summary>Names that can be a DNS label (RFC 1123): ids of workspaces, groups and clusters.</summary>
internal static class Labels
{
    public const int Longest = 63;

    public const string Shape = "must be 1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit";

    public static bool IsLabel(string text) =>
        text.Length is > 0 and <= Longest && text[0] != '-' && text[^1] != '-' && text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
