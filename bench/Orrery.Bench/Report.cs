namespace Orrery.Bench;

/// <summary>Rows of figures.</summary>
internal static class Report
{
    public static void Heading(string name) => Console.WriteLine($"\n## {name}\n\n| what | figure |\n|---|---|");

    public static void Row(string what, string figure) => Console.WriteLine($"| {what} | {figure} |");

    /// <param name="sorted">Ascending.</param>
    /// <param name="share">0 to 1.</param>
    public static double Percentile(IReadOnlyList<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
