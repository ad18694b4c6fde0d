using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orrery.Cli.Output;

/// <summary>
/// Rows under a header, one line each: nothing wraps. In a pipe every text is whole, for <c>grep</c> and <c>awk</c>; on
/// a terminal that is too narrow, optional columns go first, from the right, then long texts are cut.
/// </summary>
/// <param name="title">Shown above; null for none.</param>
/// <param name="columns">See <see cref="ListingColumn"/>.</param>
internal sealed class Listing(string? title, params IReadOnlyList<string> columns) : Renderable
{
    private const int Gap = 2;
    private const int LeastCut = 12;

    private readonly List<ListingColumn> columns = [.. columns.Select(ListingColumn.Parse)];
    private readonly List<Cell[]> rows = [];

    public void Row(params ReadOnlySpan<Cell> cells)
    {
        if (cells.Length != columns.Count)
            throw new ArgumentException($"Expected {columns.Count} cells, not {cells.Length}.", nameof(cells));
        var row = cells.ToArray();
        for (var i = 0; i < row.Length; i++)
            row[i] = row[i] with { Text = row[i].Text.ReplaceLineEndings(" ") };
        rows.Add(row);
    }

    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
    {
        var lines = options.Capabilities.Interactive ? rows.ConvertAll(Marked) : rows;
        var widths = columns.Select((column, i) => lines.Select(r => Width(r[i].Text)).Append(Width(column.Name)).Max()).ToArray();
        var shown = Enumerable.Range(0, columns.Count).ToList();
        if (options.Capabilities.Interactive)
            Fit(widths, shown, maxWidth);
        if (title is not null)
        {
            yield return new Segment(title, new Style(decoration: Decoration.Bold));
            yield return Segment.LineBreak;
        }
        var header = columns.Select(column => new Cell(column.Name.ToUpperInvariant(), new Style(Color.Grey))).ToArray();
        foreach (var segment in lines.Prepend(header).SelectMany(row => Line(row, widths, shown)))
            yield return segment;
    }

    private static Cell[] Marked(Cell[] row) => [.. row.Select(cell => cell.Mark.Length > 0 ? cell with { Text = $"{cell.Mark} {cell.Text}" } : cell)];

    private void Fit(int[] widths, List<int> shown, int maxWidth)
    {
        while (Excess() > shown.Where(i => columns[i].IsCut).Sum(i => Math.Max(0, widths[i] - LeastCut)) && shown.FindLast(i => columns[i].IsOptional) is > 0 and var last)
            shown.Remove(last);
        while (Excess() > 0 && shown.Where(i => columns[i].IsCut && widths[i] > LeastCut).ToList() is { Count: > 0 } cut)
            widths[cut.MaxBy(i => widths[i])]--;

        int Excess() => shown.Sum(i => widths[i] + Gap) - Gap - maxWidth;
    }

    private IEnumerable<Segment> Line(Cell[] row, int[] widths, List<int> shown)
    {
        foreach (var i in shown)
        {
            var text = Cut(row[i].Text, widths[i]);
            var space = widths[i] - Width(text);
            if (columns[i].IsRight && space > 0)
                yield return Segment.Padding(space);
            yield return new Segment(text, row[i].Style ?? Style.Plain);
            if (i != shown[^1])
                yield return Segment.Padding((columns[i].IsRight ? 0 : space) + Gap);
        }
        yield return Segment.LineBreak;
    }

    private static string Cut(string text, int width)
    {
        if (Width(text) <= width)
            return text;
        var kept = text.Length;
        while (kept > 0 && Width(text[..kept]) > width - 1)
            kept--;
        return string.Concat(text.AsSpan(0, kept), "…");
    }

    /// <summary>In places of a terminal: wide letters take two.</summary>
    private static int Width(string text) => new Segment(text).CellCount();
}
