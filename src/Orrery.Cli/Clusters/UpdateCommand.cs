using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Runtime;
using Flags = Orrery.Cli.Clusters.Input.WorkloadFlags;

namespace Orrery.Cli.Clusters;

/// <summary>Changes what the flags name and nothing else.</summary>
internal static class UpdateCommand
{
    private const string Examples = """
        orrery cluster update web-x5k2p --replicas 3
        orrery cluster update train --timeout 4h --max-retry 5
        orrery cluster update web --env MODE=prod --env LEVEL=2     # the whole environment from now on
        """;

    private static readonly Option<string[]> Env = KeyValues.Option("--env", "The whole environment from now on", "-e");
    private static readonly Option<bool> ClearEnv = new("--clear-env") { Description = "Empty the environment" };
    private static readonly Option<string?> IfMatch = new("--if-match") { Description = "Only when it still is this version (ETag)", HelpName = "ETAG" };

    public static Command Create(Terminal terminal)
    {
        var id = ClusterCommand.Id();
        var command = new Command("update", "Change a workload; a running service is updated pod by pod")
        {
            id, Flags.Replicas, Flags.Cpu, Flags.Gpu, Flags.Memory, Flags.Storage, Flags.SharedMemory, Flags.Image, Flags.Command, Flags.CommandFile,
            Env, ClearEnv, Flags.Description, Flags.Priority, Flags.Timeout, Flags.MaxRetry, Flags.Schedule, IfMatch,
        };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var change = Change(context.Options);
            if (change.Count == 0)
                throw new CommandException(ExitCodes.BadInput, "Nothing to change: give a flag like --replicas; see --help.");
            var whole = await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(id), cancellation);
            await context.Client.Clusters.Workloads.Update(
                whole, JsonSerializer.SerializeToElement(change), context.Options.GetValue(IfMatch), cancellation);
            await context.Terminal.Output.WriteLineAsync($"{whole} updated");
        });
        return command.WithExamples(Examples);
    }

    private static JsonObject Change(ParseResult options)
    {
        var change = new JsonObject
        {
            ["replica"] = options.GetValue(Flags.Replicas),
            ["cpu"] = options.GetValue(Flags.Cpu),
            ["gpu"] = options.GetValue(Flags.Gpu),
            ["memory"] = options.GetValue(Flags.Memory),
            ["ephemeralStorage"] = options.GetValue(Flags.Storage),
            ["sharedMemory"] = options.GetValue(Flags.SharedMemory),
            ["image"] = options.GetValue(Flags.Image),
            ["description"] = options.GetValue(Flags.Description),
            ["priority"] = options.GetValue(Flags.Priority),
            ["timeout"] = options.GetValue(Flags.Timeout),
            ["maxRetry"] = options.GetValue(Flags.MaxRetry),
        };
        foreach (var absent in change.Where(member => member.Value is null).Select(member => member.Key).ToList())
            change.Remove(absent);
        if (options.GetValue(Flags.Command) is { } text)
            CommandMember.Replace(change, text);
        else if (options.GetValue(Flags.CommandFile) is { } script)
            CommandMember.Replace(change, ScriptFile.Command(script));
        if (options.GetValue(Env) is { Length: > 0 } pairs)
            change["env"] = KeyValues.Object(pairs);
        else if (options.GetValue(ClearEnv))
            change["env"] = new JsonObject();
        if (options.GetValue(Flags.Schedule) is { } schedule)
            change["cronJobs"] = new JsonArray(new JsonObject { ["schedule"] = schedule, ["action"] = "start" });
        return change;
    }
}
