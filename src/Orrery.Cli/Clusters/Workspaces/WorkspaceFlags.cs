using System.CommandLine;
using System.Text.Json.Nodes;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters.Workspaces;

/// <summary>A workspace from a file, from flags, or from both.</summary>
internal static class WorkspaceFlags
{
    public static readonly Option<string?> Id = new("--id") { Description = "1–63 of a–z, 0–9 and '-'; made from the name when absent", HelpName = "ID" };

    private static readonly Option<string?> File = new("--file", "-f") { Description = "The workspace as YAML or JSON; - reads standard input", HelpName = "FILE" };
    private static readonly Option<string?> Name = new("--name") { Description = "Display name", HelpName = "TEXT" };
    private static readonly Option<string?> Cluster = new("--cluster") { Description = "Where its workloads run", HelpName = "ID" };
    private static readonly Option<string?> Group = new("--group") { Description = "Workspaces of one group lend idle quota to each other", HelpName = "TEXT" };
    private static readonly Option<string[]> Quota = KeyValues.Option("--quota", "What it may use: cpu=, memory=, gpu=");
    private static readonly Option<string[]> Borrow = KeyValues.Option("--borrowing-limit", "What it may borrow above its quota: cpu=, memory=, gpu=");
    private static readonly Option<string?> Policy = CreatePolicy();
    private static readonly Option<bool?> Preemption = new("--preemption") { Description = "Higher priorities may take the place of lower ones", HelpName = "true|false" };
    private static readonly Option<string[]> Admin = new("--admin") { Description = "Users that may change it", HelpName = "USER-ID", AllowMultipleArgumentsPerToken = true };
    private static readonly Option<string[]> Member = new("--member") { Description = "Users that may run in it", HelpName = "USER-ID", AllowMultipleArgumentsPerToken = true };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { File, Name, Cluster, Group, Quota, Borrow, Policy, Preemption, Admin, Member })
            command.Options.Add(option);
    }

    /// <summary>Only members that were given.</summary>
    public static async Task<JsonObject> Read(CommandContext context, CancellationToken cancellation)
    {
        var options = context.Options;
        var workspace = options.GetValue(File) is { } file ? (await WorkloadFiles.Read(context, file, cancellation))[0] : [];
        var given = new JsonObject
        {
            ["workspaceId"] = options.CommandResult.Command.Options.Contains(Id) ? options.GetValue(Id) : null,
            ["displayName"] = options.GetValue(Name),
            ["clusterId"] = options.GetValue(Cluster),
            ["group"] = options.GetValue(Group),
            ["quota"] = Amounts(options.GetValue(Quota)),
            ["borrowingLimit"] = Amounts(options.GetValue(Borrow)),
            ["queuePolicy"] = options.GetValue(Policy),
            ["preemption"] = options.GetValue(Preemption),
            ["admins"] = List(options.GetValue(Admin)),
            ["members"] = List(options.GetValue(Member)),
        };
        foreach (var (name, value) in given.Where(member => member.Value is not null))
            workspace[name] = value!.DeepClone();
        return workspace;
    }

    private static JsonObject? Amounts(string[]? pairs) => pairs is { Length: > 0 } ? KeyValues.Object(pairs.SelectMany(p => p.Split(','))) : null;

    private static JsonArray? List(string[]? items) => items is { Length: > 0 } ? new JsonArray([.. items.Select(i => (JsonNode)i)]) : null;

    private static Option<string?> CreatePolicy()
    {
        var option = new Option<string?>("--queue-policy") { Description = "backfill (default) or fifo", HelpName = "backfill|fifo" };
        option.AcceptOnlyFromAmong("backfill", "fifo");
        return option;
    }
}
