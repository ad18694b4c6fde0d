using System.CommandLine;
using System.Text.Json;
using Orrery.Cli.Clusters.Input;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Clusters;

internal static class CreateCommand
{
    private const string Examples = """
        orrery cluster create --name hello --command 'echo hello from rank $RANK' --watch
        orrery cluster create --name train --replicas 2 --cpu 4 --memory 8Gi --timeout 2h --max-retry 3 --command-file train.py
        orrery cluster create --name web --kind Deployment --port 8000 -- python3 -m http.server 8000
        orrery cluster create --name nightly --schedule '0 3 * * *' --command 'make report'
        orrery cluster create --file workload.yaml --env EPOCHS=20 --watch

        workload.yaml:
          displayName: train
          resource: {replica: 2, cpu: 4, memory: 8Gi}
          maxRetry: 3
          env: {EPOCHS: 10}
          commandFile: train.py     # a script; or command: shell text; or entryPoint: base64
        Several documents (---) make several workloads; dependencies may name an earlier one by its displayName.
        """;

    private static readonly Option<bool> Watch = new("--watch", "-w") { Description = "Follow it to its end; the exit code says whether it succeeded" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("create", "Run a workload on a cluster") { Watch, OutputOption.Option };
        WorkloadFlags.AddTo(command);
        command.Runs(terminal, Run);
        return command.WithExamples(Examples);
    }

    private static async Task<int> Run(CommandContext context, CancellationToken cancellation)
    {
        var workloads = await WorkloadInput.Read(context, cancellation);
        var isWatched = context.Options.GetValue(Watch);
        var idsByName = new Dictionary<string, string>();
        var ids = new List<string>();
        foreach (var workload in workloads)
        {
            await DependencyIds.Resolve(context, workload, idsByName, cancellation);
            var created = await context.Client.Clusters.Workloads.Create(JsonSerializer.SerializeToElement(workload), cancellation: cancellation);
            ids.Add(created.WorkloadId);
            if (DependencyIds.NameOf(workload) is { } name)
                idsByName[name] = created.WorkloadId;
            context.Show([created.WorkloadId], _ => context.Terminal.Output.WriteLine($"{created.WorkloadId} created"));
        }
        if (isWatched)
            return await PhaseWatch.Run(context, ids, cancellation);
        if (context.Terminal.IsInteractive && context.Format() == OutputFormat.Table)
            await context.Terminal.Error.WriteLineAsync($"Follow it: orrery cluster logs -f {ids[0]}   Look at it: orrery cluster describe {ids[0]}");
        return ExitCodes.Ok;
    }
}
