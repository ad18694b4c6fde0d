namespace Orrery.Cli.Output;

/// <summary>The one look of all answers that people read.</summary>
internal static class Tables
{
    /// <param name="title">Shown above; null for none.</param>
    /// <param name="columns">See <see cref="ListingColumn"/>.</param>
    public static Listing Create(string? title, params IReadOnlyList<string> columns) => new(title, columns);

    /// <summary>Names and values, one a line.</summary>
    public static FactList Facts(params IReadOnlyList<(string Name, string Value)> facts) => new(facts);
}
