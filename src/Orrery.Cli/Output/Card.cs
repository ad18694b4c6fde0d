using Spectre.Console;

namespace Orrery.Cli.Output;

/// <summary>One thing with its state and facts: framed for a person, plain lines in a pipe.</summary>
internal static class Card
{
    public static void Write(IAnsiConsole console, string title, string status, IReadOnlyList<(string Name, string Value)> facts)
    {
        if (!console.Profile.Capabilities.Interactive)
        {
            console.Write(Tables.Facts([(title, status), .. facts]));
            return;
        }
        console.Write(new Panel(new Rows(new Markup(Statuses.Text(status)), Tables.Facts([.. facts])))
        {
            Header = new PanelHeader($" {title.EscapeMarkup()} "),
            Border = BoxBorder.Rounded,
            BorderStyle = new Style(Color.Grey),
            Padding = new Padding(1, 0),
        });
    }
}
