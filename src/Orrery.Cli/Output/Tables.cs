using Spectre.Console;

namespace Orrery.Cli.Output;

/// <summary>The one look of all tables.</summary>
internal static class Tables
{
    /// <param name="title">Shown above; null for none.</param>
    /// <param name="columns">A name that begins with <c>&gt;</c> aligns its column to the right.</param>
    public static Table Create(string? title, params ReadOnlySpan<string> columns)
    {
        var table = new Table { Border = TableBorder.Rounded, UseSafeBorder = true };
        table.BorderColor(Color.Grey);
        if (title is not null)
            table.Title = new TableTitle($"[bold]{title.EscapeMarkup()}[/]");
        foreach (var column in columns)
        {
            var isRight = column.StartsWith('>');
            var header = new TableColumn($"[grey]{column.TrimStart('>').EscapeMarkup()}[/]");
            table.AddColumn(isRight ? header.RightAligned() : header);
        }
        return table;
    }

    /// <summary>Adds a row of plain text.</summary>
    public static void Row(this Table table, params ReadOnlySpan<string> cells)
    {
        var markup = new Markup[cells.Length];
        for (var i = 0; i < cells.Length; i++)
            markup[i] = new Markup(cells[i].EscapeMarkup());
        table.AddRow(markup);
    }

    /// <summary>Adds a row whose cells are already rendered.</summary>
    public static void Rendered(this Table table, params Markup[] cells) => table.AddRow(cells);

    /// <summary>Names and values, one a line.</summary>
    public static Grid Facts(params ReadOnlySpan<(string Name, string Value)> facts)
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn();
        foreach (var (name, value) in facts)
            grid.AddRow($"[grey]{name.EscapeMarkup()}[/]", value.EscapeMarkup());
        return grid;
    }

    public static Markup Cell(this string text) => new(text.EscapeMarkup());
}
