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
    KubernetesClient client, IContentStore contents, Action<TrackedWorkload> again, KubernetesOptions options, TimeProvider clock, ILogger logger, CancellationToken stopping) : IAsyncDisposable
{
    private const int AtOnce = 8;

    /// <summary>An image without the programs that it needs never has them.</summary>
    private const int MostRefusals = 5;

    /// <summary>A slower way to a pod is a broken one.</summary>
    private const double SlowestBytesPerSecond = 1e6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> busy = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim turns = new(AtOnce);

    /// <summary>Begins in the background with what a workload's pods need. Called under its gate.</summary>
    public void Look(TrackedWorkload workload)
    {
        if (stopping.IsCancellationRequested)
            return;
        foreach (var pod in workload.Pods.Values)
        {
            if (Need(workload, pod) is { } work && busy.TryAdd(pod.Metadata.Uid!, true))
                _ = Task.Run(() => Work(workload, pod, work), CancellationToken.None);
        }
    }

    /// <summary>After the stop: what is under way ends first, or is left to itself.</summary>
    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(LastPatience, clock);
        try
        {
            for (var turn = 0; turn < AtOnce; turn++)
                await turns.WaitAsync(limit.Token);
            turns.Dispose();
        }
        catch (OperationCanceledException)
        {
            // somebody still holds one, and gives it back later
        }
    }

    /// <returns>Null: nothing, or nothing any more.</returns>
    private Func<Task>? Need(TrackedWorkload workload, K8s.Pod pod)
    {
        if (!pod.HasKeeper() || pod.IsDeleting() || workload.IsRemoving || workload.Refused is not null || workload.Served.Contains((pod.Metadata.Uid!, pod.IsOver())))
            return null;
        if (workload.Wanted is { Files: { } files } wanted && wanted.Run == pod.RunOf() && pod.GiverStatus()?.State?.Running is not null)
            return () => Give(workload, pod, files);
        return pod.Main()?.State?.Terminated is { ExitCode: not 0 } && pod.KeeperStatus()?.State?.Running is not null ? () => Release(pod) : null;
    }

    private async Task Work(TrackedWorkload workload, K8s.Pod pod, Func<Task> work)
    {
        try
        {
            await Take(work);
            Tell(workload, pod, problem: null);
        }
        catch (InputsLostException lost)
        {
            lock (workload.Gate)
                workload.Refused = $"its inputs are lost: {lost.Message}"; // they were there when the run was begun
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            var reason = error is OperationCanceledException or TimeoutException ? "its node does not answer" : error.Message;
            if (Tell(workload, pod, $"its files cannot be brought to it now, and are tried again: {reason}"))
                Log.NotDone(logger, workload.Id, reason);
            await Task.Delay(TimeSpan.FromSeconds(options.RetryS * Math.Pow(2, workload.FilesRefused)), clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        catch (OperationCanceledException)
        {
            return; // the server stops
        }
        busy.TryRemove(pod.Metadata.Uid!, out _);
        again(workload);
    }

    private async Task Take(Func<Task> work)
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
    }

    /// <param name="workload">Whose pod it is.</param>
    /// <param name="pod">As it was when the work was begun.</param>
    /// <param name="problem">Null: the work is done.</param>
    /// <returns>Whether it is still to be done: another server may have done it, or the pod may have gone.</returns>
    private bool Tell(TrackedWorkload workload, K8s.Pod pod, string? problem)
    {
        lock (workload.Gate)
        {
            if (problem is null)
                workload.Served.Add((pod.Metadata.Uid!, pod.IsOver()));
            var isNeeded = workload.Pods.GetValueOrDefault(pod.Metadata.Name!) is { } now && now.Metadata.Uid == pod.Metadata.Uid && Need(workload, now) is not null;
            workload.FilesProblem = isNeeded ? problem : null;
            return isNeeded;
        }
    }

    /// <exception cref="IOException">The pod did not take them.</exception>
    private async Task Give(TrackedWorkload workload, K8s.Pod pod, RunFiles files)
    {
        var archive = new GivenArchive(files.Given, contents);
        var size = archive.Size();
        using var limit = new CancellationTokenSource(Patience + TimeSpan.FromSeconds(size / SlowestBytesPerSecond), clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var program = new ExecOptions { Container = PodFolders.Giver, Command = PodFolders.Take(Guid.NewGuid().ToString("N"), size), Stdin = true };
        await using var session = await client.PodAccess.Exec(pod.Metadata.Namespace!, pod.Metadata.Name!, program, over.Token);
        await using var output = new ExecOutput(session, patience: null, clock); // it says nothing while it takes
        var listening = output.CopyToAsync(Stream.Null, over.Token);
        await using var input = new ExecInput(session, Patience, clock);
        var sending = archive.Write(input, over.Token);
        if (await Task.WhenAny(sending, listening) == listening && !sending.IsCompleted)
            await over.CancelAsync(); // it ended before it had all
        await sending.ConfigureAwait(listening.IsCompletedSuccessfully ? ConfigureAwaitOptions.SuppressThrowing : ConfigureAwaitOptions.None);
        await listening;
        if (output.ExitCode == 0)
            return;
        var why = $"unpacking ended with code {output.ExitCode}: {output.Complaint}";
        lock (workload.Gate)
        {
            if (++workload.FilesRefused >= MostRefusals)
                workload.Refused = $"its pod does not take its files: {why}";
        }
        throw new IOException(why);
    }

    /// <exception cref="IOException">It does not let itself be let go.</exception>
    private async Task Release(K8s.Pod pod)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        var left = await client.PodAccess.Run(pod.Metadata.Namespace!, pod.Metadata.Name!, new ExecOptions { Container = PodFolders.Keeper, Command = PodFolders.Leave }, over.Token);
        if (left.ExitCode != 0)
            throw new IOException($"the container {PodFolders.Keeper} stays: {PlainText.Of(left.Stderr.Trim())}");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The pod of {Workload} could not be given its files, or let go, and that is tried again: {Reason}")]
        public static partial void NotDone(ILogger logger, string workload, string reason);
    }
}
