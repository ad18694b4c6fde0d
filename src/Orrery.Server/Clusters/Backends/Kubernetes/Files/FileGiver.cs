using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends.Kubernetes.Objects;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using K8s = Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Files;

/// <summary>Sends pods the files that they wait for, and lets those end whose program has failed: nobody reads what it left.</summary>
/// <param name="client">Of the cluster.</param>
/// <param name="contents">The files.</param>
/// <param name="again">Told of a workload that has to be looked at again.</param>
/// <param name="options">Times.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Told what is tried again.</param>
/// <param name="stopping">The server stops.</param>
internal sealed partial class FileGiver(
    KubernetesClient client, IContentStore contents, Action<TrackedWorkload> again, KubernetesOptions options, TimeProvider clock, ILogger logger, CancellationToken stopping) : IDisposable
{
    private const int AtOnce = 8;

    /// <summary>A slower way to a pod is a broken one.</summary>
    private const double SlowestBytesPerSecond = 1e6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, bool> busy = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Begins in the background with what a workload's pods need. Called under its gate.</summary>
    public void Look(TrackedWorkload workload)
    {
        foreach (var pod in workload.Pods.Values.Where(pod => pod.HasKeeper() && !pod.IsDeleting()))
        {
            if (workload.Wanted is { Files: { } files } wanted && wanted.Run == pod.RunOf() && pod.GiverStatus()?.State?.Running is not null)
                Begin(workload, pod, () => Give(pod, files));
            else if (pod.Main()?.State?.Terminated is { ExitCode: not 0 } && pod.KeeperStatus()?.State?.Running is not null)
                Begin(workload, pod, () => Release(pod));
        }
    }

    public void Dispose() => turns.Dispose();

    private void Begin(TrackedWorkload workload, K8s.Pod pod, Func<Task> work)
    {
        if (busy.TryAdd(pod.Metadata.Uid!, true))
            _ = Task.Run(() => Work(workload, pod, work), CancellationToken.None);
    }

    private async Task Work(TrackedWorkload workload, K8s.Pod pod, Func<Task> work)
    {
        try
        {
            await turns.WaitAsync(stopping);
            try
            {
                await work();
            }
            finally
            {
                turns.Release();
            }
            Tell(workload, null);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            var reason = error is OperationCanceledException ? "its node does not answer" : error.Message;
            Log.NotDone(logger, workload.Id, reason);
            Tell(workload, $"its files cannot be brought to it now, and are tried again: {reason}");
        }
        catch (OperationCanceledException)
        {
            return; // the server stops
        }
        await Task.Delay(TimeSpan.FromSeconds(options.RetryS), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // its state has changed by then, or it did not help
        busy.TryRemove(pod.Metadata.Uid!, out _);
        again(workload);
    }

    private void Tell(TrackedWorkload workload, string? problem)
    {
        lock (workload.Gate)
        {
            if (workload.FilesProblem == problem)
                return;
            workload.FilesProblem = problem;
        }
        again(workload);
    }

    /// <exception cref="IOException">The pod did not take them.</exception>
    private async Task Give(K8s.Pod pod, RunFiles files)
    {
        var archive = new GivenArchive(files.Given, contents);
        var size = archive.Size();
        using var limit = new CancellationTokenSource(Patience + TimeSpan.FromSeconds(size / SlowestBytesPerSecond), clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var program = new ExecOptions { Container = PodFolders.Giver, Command = PodFolders.Take(Guid.NewGuid().ToString("N"), size), Stdin = true };
        await using var session = await client.PodAccess.Exec(pod.Metadata.Namespace!, pod.Metadata.Name!, program, over.Token);
        await using var output = new ExecOutput(session, clock);
        var listening = output.CopyToAsync(Stream.Null, over.Token);
        await using var input = new ExecInput(session);
        var sending = archive.Write(input, over.Token);
        if (await Task.WhenAny(sending, listening) == listening && !sending.IsCompleted)
            await over.CancelAsync(); // it ended before it had all
        await sending.ConfigureAwait(listening.IsCompletedSuccessfully ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        await listening;
        if (output.ExitCode != 0)
            throw new IOException($"unpacking ended with code {output.ExitCode}: {output.Complaint}");
    }

    private async Task Release(K8s.Pod pod)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        await client.PodAccess.Run(pod.Metadata.Namespace!, pod.Metadata.Name!, new ExecOptions { Container = PodFolders.Keeper, Command = PodFolders.Leave }, over.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The pod of {Workload} could not be given its files, or let go, and that is tried again: {Reason}")]
        public static partial void NotDone(ILogger logger, string workload, string reason);
    }
}
