using Spectre.Console;
using Spectre.Console.Rendering;

namespace Orrery.Cli.Output;

/// <summary>Names and values, one a line; long values wrap under themselves on a terminal, and stay whole in a pipe.</summary>
internal sealed class FactList(IReadOnlyList<(string Name, string Value)> facts) : Renderable
{
    protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
        options.Capabilities.Interactive ? ((IRenderable)Wrapped()).Render(options, maxWidth) : Plain();

    protected override Measurement Measure(RenderOptions options, int maxWidth) =>
        options.Capabilities.Interactive ? ((IRenderable)Wrapped()).Measure(options, maxWidth) : new Measurement(Width, Width);

    private int Width => facts.Select(fact => NameWidth + fact.Value.Length).DefaultIfEmpty().Max();

    private int NameWidth => facts.Select(fact => fact.Name.Length).DefaultIfEmpty().Max() + 2;

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
        foreach (var (name, value) in facts)
        {
            yield return new Segment(name.PadRight(NameWidth) + value);
            yield return Segment.LineBreak;
        }
    }
}
