using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters.Input;

/// <summary>The workloads of <c>create</c> and <c>preview</c>: from a file, from flags, or from both.</summary>
internal static class WorkloadInput
{
    private const string DefaultWorkspace = "default";
    private const string DefaultCpu = "1";
    private const string DefaultMemory = "1Gi";

    /// <exception cref="CommandException">Neither file nor flags, or they cannot be read.</exception>
    public static async Task<List<JsonObject>> Read(CommandContext context, CancellationToken cancellation)
    {
        var options = context.Options;
        var file = options.GetValue(WorkloadFlags.File);
        var command = Command(options);
        if (file is null && command is null && options.GetValue(WorkloadFlags.Name) is null && options.GetValue(WorkloadFlags.Kind) is null)
            throw new CommandException(ExitCodes.BadInput, "Say what to run: --file FILE, or --name NAME and --command TEXT; see --help for examples.");
        var workloads = file is null ? [FromNothing(options)] : await WorkloadFiles.Read(context, file, cancellation);
        var folder = file is null or "-" ? "." : Path.GetDirectoryName(Path.GetFullPath(file))!;
        foreach (var workload in workloads)
        {
            WorkloadOverlay.Apply(options, workload);
            if (command is not null)
                CommandMember.Replace(workload, command);
            CommandMember.Encode(workload, folder);
            workload["workspaceId"] ??= DefaultWorkspace;
        }
        return workloads;
    }

    private static JsonObject FromNothing(ParseResult options)
    {
        var resource = new JsonObject { ["cpu"] = DefaultCpu, ["memory"] = DefaultMemory };
        if (options.GetValue(WorkloadFlags.Node) is not { Length: > 0 })
            resource["replica"] = 1;
        return new JsonObject { ["resource"] = resource };
    }

    /// <summary>What the flags say to run; null when they do not.</summary>
    private static string? Command(ParseResult options)
    {
        var words = options.GetValue(WorkloadFlags.Words) ?? [];
        if (words.Length > 0 && options.Tokens.All(t => t.Type != TokenType.DoubleDash))
            throw new CommandException(ExitCodes.BadInput, $"'{words[0]}': a file is given with --file, a command after --.");
        var given = new[]
        {
            words.Length > 0 ? ShellText.Quoted(words) : null,
            options.GetValue(WorkloadFlags.Command),
            options.GetValue(WorkloadFlags.CommandFile) is { } script ? ScriptFile.Command(script) : null,
        }.OfType<string>().ToList();
        return given.Count <= 1 ? given.FirstOrDefault() : throw new CommandException(ExitCodes.BadInput, "Give one of --command, --command-file and words after --.");
    }
}
