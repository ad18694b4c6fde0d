using System.CommandLine;

namespace Orrery.Cli.Clusters.Input;

/// <summary>Flags of <c>create</c> and <c>preview</c>: what people set most; a file can say everything.</summary>
internal static class WorkloadFlags
{
    private static readonly string[] Kinds = ["PyTorchJob", "Deployment", "StatefulSet", "Authoring"];

    public static readonly Option<string?> File = new("--file", "-f") { Description = "Workloads as YAML or JSON; - reads standard input; flags override it", HelpName = "FILE" };
    public static readonly Option<string?> Name = new("--name") { Description = "Display name; the id is made from it", HelpName = "TEXT" };
    public static readonly Option<string?> Workspace = new("--workspace", "-n") { Description = "Where it runs (default: default)", HelpName = "ID" };
    public static readonly Option<string?> Kind = CreateKind();
    public static readonly Option<int?> Replicas = new("--replicas") { Description = "How many pods (default 1)", HelpName = "N" };
    public static readonly Option<string?> Cpu = new("--cpu") { Description = "CPUs of each, like 2 or 500m (default 1)", HelpName = "QUANTITY" };
    public static readonly Option<string?> Memory = new("--memory") { Description = "Memory of each, like 4Gi (default 1Gi)", HelpName = "QUANTITY" };
    public static readonly Option<string?> Gpu = new("--gpu") { Description = "Cards of each", HelpName = "N" };
    public static readonly Option<string?> Storage = new("--storage") { Description = "Ephemeral storage of each", HelpName = "QUANTITY" };
    public static readonly Option<string?> SharedMemory = new("--shared-memory") { Description = "/dev/shm of each (default half the memory)", HelpName = "QUANTITY" };
    public static readonly Option<string?> Image = new("--image") { Description = "Container image; needed on Kubernetes", HelpName = "IMAGE" };
    public static readonly Option<string?> Command = new("--command", "-c") { Description = "Shell text to run; or give words after --", HelpName = "TEXT" };
    public static readonly Option<string?> CommandFile = new("--command-file") { Description = "A script to run; it travels with the workload", HelpName = "FILE" };
    public static readonly Option<string[]> Env = KeyValues.Option("--env", "Environment variables", "-e");
    public static readonly Option<string[]> Label = KeyValues.Option("--label", "Only on nodes with these labels", "-l");
    public static readonly Option<string[]> Node = Many("--node", "Only on these nodes, one replica each", "NODE");
    public static readonly Option<string[]> DependsOn = Many("--depends-on", "Start after these have succeeded", "ID");
    public static readonly Option<int?> Priority = new("--priority") { Description = "0 to 2", HelpName = "N" };
    public static readonly Option<long?> Timeout = DurationText.Option("--timeout", "Stop it after running for so long");
    public static readonly Option<int?> MaxRetry = new("--max-retry") { Description = "Run it again after a failure, at most so often", HelpName = "N" };
    public static readonly Option<long?> Ttl = DurationText.Option("--ttl", "Clean up so long after its end (default 60s)");
    public static readonly Option<string?> Schedule = new("--schedule") { Description = "A start time (RFC 3339) or cron fields like '0 3 * * *', UTC", HelpName = "TIME" };
    public static readonly Option<string?> Description = new("--description") { Description = "For people", HelpName = "TEXT" };
    public static readonly Option<int?> Port = new("--port") { Description = "The port that its pods listen on, as a service", HelpName = "PORT" };
    public static readonly Option<int?> ServicePort = new("--service-port") { Description = "The service's own port (default --port)", HelpName = "PORT" };
    public static readonly Option<bool> Supervised = new("--supervised") { Description = "Fail it when its logs stop growing" };
    public static readonly Option<bool> TolerateAll = new("--tolerate-all") { Description = "Run on tainted nodes too" };

    public static readonly Argument<string[]> Words = new("cmd")
    {
        Description = "After --: the program and its arguments",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static void AddTo(Command command)
    {
        Option[] options =
        [
            File, Name, Workspace, Kind, Replicas, Cpu, Memory, Gpu, Storage, SharedMemory, Image, Command, CommandFile, Env, Label, Node, DependsOn,
            Priority, Timeout, MaxRetry, Ttl, Schedule, Description, Port, ServicePort, Supervised, TolerateAll,
        ];
        foreach (var option in options)
            command.Options.Add(option);
        command.Arguments.Add(Words);
    }

    /// <summary>As the API spells it, however it was written.</summary>
    public static string KindName(string kind) => Kinds.FirstOrDefault(k => k.Equals(kind, StringComparison.OrdinalIgnoreCase)) ?? kind;

    private static Option<string[]> Many(string name, string description, string helpName) =>
        new(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = true };

    private static Option<string?> CreateKind()
    {
        var option = new Option<string?>("--kind", "-k") { Description = "PyTorchJob (default), Deployment, StatefulSet or Authoring", HelpName = "KIND" };
        option.CompletionSources.Add(Kinds);
        return option;
    }
}
