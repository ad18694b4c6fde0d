using System.CommandLine;
using System.Text.Json;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters.Workspaces;

internal static class WorkspacesCommand
{
    private const string Examples = "orrery cluster workspaces create --id vision --quota cpu=32 memory=128Gi gpu=8 --group research --member u_1";

    public static Command Create(Terminal terminal) => new("workspaces", "Workspaces: who may run how much where")
    {
        List(terminal),
        Get(terminal),
        CreateOne(terminal),
        Update(terminal),
        Delete(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var command = new Command("list", "List workspaces, what they may use and what they use") { OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var list = await context.Client.Clusters.Workspaces.List(cancellation);
            context.Show(list.Items.Select(w => w.WorkspaceId), isWide => context.Terminal.Console.Write(WorkspaceTable.Create(list.Items, isWide)));
        });
        return command;
    }

    private static Command Get(Terminal terminal)
    {
        var id = Id();
        var command = new Command("get", "One workspace") { id, OutputOption.Option };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var workspace = await context.Client.Clusters.Workspaces.Get(context.Options.GetRequiredValue(id), cancellation);
            context.Show([workspace.WorkspaceId], _ => context.Terminal.Console.Write(WorkspaceTable.Create([workspace], isWide: true)));
        });
        return command;
    }

    private static Command CreateOne(Terminal terminal)
    {
        var command = new Command("create", "Make a workspace (admins)") { WorkspaceFlags.Id, OutputOption.Option };
        WorkspaceFlags.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var body = await WorkspaceFlags.Read(context, cancellation);
            var made = await context.Client.Clusters.Workspaces.Create(JsonSerializer.SerializeToElement(body), cancellation);
            context.Show([made.WorkspaceId], _ => context.Terminal.Output.WriteLine($"{made.WorkspaceId} created"));
        });
        return command.WithExamples(Examples);
    }

    private static Command Update(Terminal terminal)
    {
        var id = Id();
        var command = new Command("update", "Change what the flags name (admins)") { id };
        WorkspaceFlags.AddTo(command);
        command.Runs(terminal, async (context, cancellation) =>
        {
            var change = await WorkspaceFlags.Read(context, cancellation);
            if (change.Count == 0)
                throw new CommandException(ExitCodes.BadInput, "Nothing to change: give a flag like --quota; see --help.");
            var workspace = context.Options.GetRequiredValue(id);
            await context.Client.Clusters.Workspaces.Update(workspace, JsonSerializer.SerializeToElement(change), cancellation);
            await context.Terminal.Output.WriteLineAsync($"{workspace} updated");
        });
        return command;
    }

    private static Command Delete(Terminal terminal)
    {
        var id = Id();
        var command = new Command("delete", "Delete a workspace without live workloads (admins)") { id };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var workspace = context.Options.GetRequiredValue(id);
            await context.Client.Clusters.Workspaces.Delete(workspace, cancellation);
            await context.Terminal.Output.WriteLineAsync($"{workspace} deleted");
        });
        return command;
    }

    private static Argument<string> Id() => new("id") { Description = "The workspace" };
}
