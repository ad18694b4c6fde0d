using System.CommandLine;
using System.Net;
using Orrery.Cli.Output;
using Orrery.Cli.Runtime;
using Orrery.Client;
using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters;

/// <summary>Commands on one or several workloads: every one is tried, and each that fails is named.</summary>
internal static class BatchCommands
{
    public static Command Stop(Terminal terminal) => Create(terminal, "stop", "Stop workloads; their processes are gone", async (context, ids, cancellation) =>
    {
        var workloads = context.Client.Clusters.Workloads;
        if (ids is [var one])
            await workloads.Stop(one, cancellation);
        else
            return Report(context, ids, await workloads.Stop(ids, cancellation), "stopped");
        return Report(context, ids, [], "stopped");
    });

    public static Command Delete(Terminal terminal) => Create(terminal, "delete", "Stop workloads and forget them", async (context, ids, cancellation) =>
    {
        var workloads = context.Client.Clusters.Workloads;
        if (ids is [var one])
            await workloads.Delete(one, cancellation);
        else
            return Report(context, ids, await workloads.Delete(ids, cancellation), "deleted");
        return Report(context, ids, [], "deleted");
    });

    public static Command Clone(Terminal terminal)
    {
        var command = Create(terminal, "clone", "Run workloads again as new ones with the same specification; prints the new ids", async (context, ids, cancellation) =>
        {
            var cloned = await context.Client.Clusters.Workloads.Clone(ids, cancellation);
            foreach (var id in cloned.NewIds)
                await context.Terminal.Output.WriteLineAsync(id);
            return Failures(context, cloned.Results);
        });
        return command;
    }

    private static Command Create(Terminal terminal, string name, string description, Func<CommandContext, List<string>, CancellationToken, Task<int>> run)
    {
        var ids = ClusterCommand.Ids();
        var command = new Command(name, description) { ids };
        command.Runs(terminal, async (context, cancellation) =>
            await run(context, await WorkloadIds.Resolve(context, context.Options.GetRequiredValue(ids), cancellation), cancellation));
        return command;
    }

    private static int Report(CommandContext context, IReadOnlyList<string> ids, IReadOnlyList<BatchWorkloadResult> results, string done)
    {
        if (context.IsJson && results.Count > 0)
            JsonOutput.Write(context.Terminal.Output, context.LastAnswer);
        var failed = results.Where(IsFailure).Select(r => r.WorkloadId).ToHashSet();
        foreach (var id in ids.Where(id => !failed.Contains(id) && !context.IsJson))
            context.Terminal.Output.WriteLine($"{id} {done}");
        return Failures(context, results);
    }

    /// <returns>The exit code of the first that failed.</returns>
    private static int Failures(CommandContext context, IReadOnlyList<BatchWorkloadResult> results)
    {
        var failures = results.Where(IsFailure).ToList();
        foreach (var failure in failures)
            context.Terminal.Error.WriteLine($"error: {failure.WorkloadId}: {failure.ErrorMessage} ({failure.ErrorCode})");
        return failures is [var first, ..]
            ? ErrorReport.Code(new OrreryApiException((HttpStatusCode)first.Status, first.ErrorCode, first.ErrorMessage))
            : ExitCodes.Ok;
    }

    private static bool IsFailure(BatchWorkloadResult result) => result.Status >= (int)HttpStatusCode.BadRequest;
}
