using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orrery.Cli.Output;

/// <summary>Names and values, one a line; long values wrap under themselves on a terminal, and stay whole in a pipe.</summary>
internal sealed class FactList(IReadOnlyList<(string Name, string Value)> facts) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Capabilities.Interactive ? ((IRenderable)Wrapped()).Render(options, maxWidth) : Plain();

    protected override Measurement Measure(RenderOptions options, int maxWidth) =>
        options.Capabilities.Interactive ? ((IRenderable)Wrapped()).Measure(options, maxWidth) : base.Measure(options, maxWidth);

    private Grid Wrapped()
    {
        var grid = new Grid();
        grid.AddColumn(new GridColumn().NoWrap().PadRight(2));
        grid.AddColumn();
        foreach (var (name, value) in facts)
            grid.AddRow($"[grey]{name.EscapeMarkup()}[/]", value.EscapeMarkup());
        return grid;
    }

    private IEnumerable<Segment> Plain()
    {
        var width = facts.Select(f => f.Name.Length).DefaultIfEmpty().Max() + 2;
        foreach (var (name, value) in facts)
        {
            yield return new Segment(name.PadRight(width) + value);
            yield return Segment.LineBreak;
        }
    }
}
