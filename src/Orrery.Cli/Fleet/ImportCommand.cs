using System.CommandLine;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Fleet;

internal static class ImportCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { Description = "TLE text or OMM JSON; - reads standard input" };
        var command = new Command("import", "Take in satellites' elements; older ones never replace newer") { file };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var name = context.Options.GetRequiredValue(file);
            var elements = name == "-"
                ? await context.Terminal.Input.ReadToEndAsync(cancellation)
                : await File.ReadAllTextAsync(name, cancellation);
            var answer = await context.Client.Fleet.Import(elements, cancellation);
            context.Show(c => c.Terminal.Output.WriteLine($"{answer.Added} added, {answer.Updated} updated, {answer.Unchanged} unchanged"));
        });
        return command;
    }
}
