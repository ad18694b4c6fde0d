namespace Orrery.Cli.Output;

/// <summary>
/// A column of a listing, from its name and the signs before it: <c>&gt;</c> aligns it to the right, <c>?</c> lets it
/// be left out on a narrow terminal, <c>~</c> lets its texts be cut there.
/// </summary>
internal sealed record ListingColumn(string Name, bool IsRight, bool IsOptional, bool IsCut)
{
    private const string Signs = ">?~";

    public static ListingColumn Parse(string text)
    {
        var name = text.TrimStart(Signs.ToCharArray());
        var signs = text[..^name.Length];
        return new(name, signs.Contains('>'), signs.Contains('?'), signs.Contains('~'));
    }
}
