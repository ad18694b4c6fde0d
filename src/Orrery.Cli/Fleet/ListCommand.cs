using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Fleet;
using Spectre.Console;

namespace Orrery.Cli.Fleet;

internal static class ListCommand
{
    public static Command Create(Terminal terminal)
    {
        var name = new Option<string?>("--name") { Description = "Only those with this in their name", HelpName = "TEXT" };
        var limit = new Option<int>("--limit") { Description = "At most so many", DefaultValueFactory = _ => 100 };
        var offset = new Option<int>("--offset") { Description = "Leave out so many" };
        var command = new Command("list", "List the satellites") { name, limit, offset };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var options = context.Options;
            var page = await context.Client.Fleet.Page(options.GetValue(name), options.GetValue(offset), options.GetValue(limit), cancellation);
            context.Show(c => Render(c.Terminal.Console, page));
        });
        return command;
    }

    private static void Render(IAnsiConsole console, SatelliteList page)
    {
        var table = Tables.Create(null, ">NORAD", "~Name", "?Bus", "?Epoch", ">Age", "Agent last seen", "?Whose");
        foreach (var satellite in page.Satellites)
        {
            table.Row(
                $"{satellite.NoradId}", satellite.Name, satellite.BusClass, Format.Time(satellite.Epoch), $"{satellite.ElementsAgeDays:0.0} d",
                Format.Time(satellite.AgentLastSeen), satellite.Own ? "own" : "shared");
        }
        console.Write(table);
        if (page.Offset + page.Satellites.Count < page.Total)
            console.WriteLine($"{page.Satellites.Count} of {page.Total}; more with --offset {page.Offset + page.Satellites.Count}");
    }
}
