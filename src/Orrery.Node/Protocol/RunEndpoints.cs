using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Posix;
using Orrery.Node.Runs;

namespace Orrery.Node.Protocol;

/// <summary>What a control plane asks of a node.</summary>
internal static class RunEndpoints
{
    public static void MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", Health);
        routes.MapPost("/exit", Exit);
        routes.MapGet("/runs", (StatusFeed feed) => TypedResults.Ok(feed.Snapshot()));
        routes.MapPut("/runs/{workloadId}", Apply);
        routes.MapDelete("/runs/{workloadId}", Remove);
        routes.MapDelete("/logs/{workloadId}", DiscardLogs);
        routes.MapGet("/watch", Watch);
    }

    private static Ok<NodeHealth> Health(NodeServices node) =>
        TypedResults.Ok(new NodeHealth(NodeProcess.Version, Environment.ProcessId, ProcessIdentity.CurrentBoot, node.Machine.Facts()));

    private static Accepted Exit(IHostApplicationLifetime lifetime)
    {
        lifetime.StopApplication();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, BadRequest<string>>> Apply(string workloadId, RunSpec spec, RunRegistry runs)
    {
        if (Fault(workloadId, spec) is { } fault)
            return TypedResults.BadRequest(fault);
        await runs.Apply(spec);
        return TypedResults.NoContent();
    }

    private static string? Fault(string workloadId, RunSpec spec)
    {
        if (workloadId != spec.WorkloadId || !Names.IsValid(workloadId))
            return "the workload id is not an id, or not the one of the path.";
        // The serializer leaves out defaults: what is absent is null.
        if (spec.Env is null || spec.CustomerLabels is null || spec.MaxSurge is null || spec.MaxUnavailable is null)
            return "env, customerLabels, maxSurge and maxUnavailable are wanted, if empty.";
        if (spec.Replicas.Count == 0 || !spec.Replicas.Select(r => r.Rank).SequenceEqual(Enumerable.Range(0, spec.Replicas.Count)))
            return "replicas: ranks from 0 without a gap are wanted.";
        if (spec.Replicas.FirstOrDefault(r => !Names.IsValid(r.PodId)) is { } replica)
            return $"'{replica.PodId}' is not an id.";
        return WorkloadKinds.All.Contains(spec.Kind) ? null : $"kind: one of {string.Join(", ", WorkloadKinds.All)} is wanted.";
    }

    private static async Task<Results<Accepted, BadRequest<string>>> Remove(string workloadId, RunRegistry runs)
    {
        if (!Names.IsValid(workloadId))
            return TypedResults.BadRequest("the workload id is not an id.");
        await runs.Remove(workloadId);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<Results<NoContent, BadRequest<string>>> DiscardLogs(string workloadId, RunRegistry runs)
    {
        if (!Names.IsValid(workloadId))
            return TypedResults.BadRequest("the workload id is not an id.");
        await runs.DiscardLogs(workloadId);
        return TypedResults.NoContent();
    }

    private static async Task Watch(HttpContext context, StatusFeed feed, NodeServices node, IHostApplicationLifetime lifetime)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var (snapshot, changes, leave) = feed.Watch();
        try
        {
            context.Response.ContentType = "application/x-ndjson";
            await Write(context, JsonSerializer.Serialize(new SnapshotLine(snapshot), NodeJson.Default.SnapshotLine), ends.Token);
            while (true)
            {
                var more = changes.WaitToReadAsync(ends.Token).AsTask();
                while (!await Within(more, node, ends.Token))
                    await Write(context, "", ends.Token);
                if (!await more)
                    return;
                while (changes.TryRead(out var status))
                    await Write(context, StatusText.Of(status), ends.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the watcher left, or the node ends
        }
        finally
        {
            leave();
        }
    }

    private static async Task<bool> Within(Task task, NodeServices node, CancellationToken cancellation)
    {
        var pause = Task.Delay(node.Options.Heartbeat, node.Clock, cancellation);
        return await Task.WhenAny(task, pause) == task;
    }

    private static async Task Write(HttpContext context, string line, CancellationToken cancellation)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation);
        await context.Response.Body.FlushAsync(cancellation);
    }
}
