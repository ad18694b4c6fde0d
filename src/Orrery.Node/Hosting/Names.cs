namespace Orrery.Node.Hosting;

/// <summary>Ids become names of files, so only harmless ones are taken.</summary>
internal static class Names
{
    private const int Longest = 100;

    public static bool IsValid(string? id) =>
        id is { Length: > 0 and <= Longest } && id[0] is not '-' && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <exception cref="ArgumentException">It could not be a file's name.</exception>
    public static string Checked(string id) =>
        IsValid(id) ? id : throw new ArgumentException($"'{id}' is not an id: letters, digits, - and _ only, {Longest} at most.", nameof(id));
}
