using System.CommandLine;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client.Fleet;
using Orrery.Contracts.Fleet;
using Spectre.Console;

namespace Orrery.Cli.Fleet;

internal static class PassesCommand
{
    private static readonly Argument<string> Satellite = new("satellite") { Description = "A NORAD number or a name" };
    private static readonly Option<double?> Hours = new("--hours") { Description = "How far to look" };
    private static readonly Option<DateTimeOffset?> From = new("--from") { Description = "Where to begin, like 2026-03-07T12:00:00Z (default now)" };
    private static readonly Option<string?> Station = new("--station") { Description = "Only over this ground station", HelpName = "ID" };
    private static readonly Option<double?> Elevation = new("--min-elevation-deg") { Description = "Degrees above the horizon" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("passes", "When a satellite is in sight of the ground stations") { Satellite, Hours, From, Station, Elevation };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var options = context.Options;
            var query = new PassQuery
            {
                From = options.GetValue(From),
                Hours = options.GetValue(Hours),
                Station = options.GetValue(Station),
                MinElevationDeg = options.GetValue(Elevation),
            };
            var passes = await context.Client.Fleet.Passes(options.GetRequiredValue(Satellite), query, cancellation);
            context.Show(c => Render(c.Terminal.Console, passes));
        });
        return command;
    }

    private static void Render(IAnsiConsole console, PassList list)
    {
        var table = Tables.Create($"{list.Satellite}, {Format.Time(list.From)} to {Format.Time(list.To)}", "Station", "Rise", "Peak", "Set", ">Elevation", ">Lasts");
        foreach (var pass in list.Passes)
        {
            table.Row(
                pass.GroundStation, Format.Time(pass.Rise), Format.Clock(pass.Peak), Format.Clock(pass.Set), $"{pass.PeakElevationDeg:0.0}°",
                Format.Duration(pass.DurationS));
        }
        console.Write(table);
    }
}
