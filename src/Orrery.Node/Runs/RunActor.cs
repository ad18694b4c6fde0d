using System.Numerics;
using Microsoft.Extensions.Logging;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Network;
using Orrery.Node.Pods;
using Orrery.Node.Services;

namespace Orrery.Node.Runs;

/// <summary>Looks after one workload: wakes on demand and on ticks, makes one step, writes down what changed, tells it.</summary>
internal sealed class RunActor : IAsyncDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly SemaphoreSlim wakes = new(0);
    private readonly CancellationTokenSource stop = new();
    private readonly NodeServices node;
    private readonly RunStore store;
    private readonly RunState state;
    private readonly RunStep step;
    private readonly Action<RunActor, RunStatus> publish;
    private readonly ILogger logger;
    private readonly ProbeSet probes;
    private readonly ServiceListener service;
    private byte[] saved = [];
    private int failures;
    private Task loop = Task.CompletedTask;

    public RunActor(NodeServices node, RunStore store, PodLauncher launcher, RunState state, Action<RunActor, RunStatus> publish, ILogger logger)
    {
        (this.node, this.store, this.state, this.publish, this.logger) = (node, store, state, publish, logger);
        probes = new ProbeSet(node, Wake);
        service = new ServiceListener(node);
        step = new RunStep(node, launcher, state, probes, service, Save);
        Status = BuildStatus();
    }

    public string WorkloadId => state.Spec.WorkloadId;

    public RunStatus Status { get; private set; }

    /// <summary>Everything is gone; the status is Removed.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Takes over what an earlier node left.</summary>
    public void Adopt() => step.Adopt();

    public void Start() => loop = Task.Run(Loop, stop.Token);

    public void Wake() => wakes.Release();

    /// <summary>Changes the state and writes it down before it returns.</summary>
    public async Task<bool> Change(Func<RunState, bool> change)
    {
        await turn.WaitAsync(stop.Token);
        try
        {
            if (IsGone || !change(state))
                return false;
            Save();
        }
        finally
        {
            turn.Release();
        }
        Wake();
        return true;
    }

    /// <summary>The pod and what it was made from; null when there is none of that name.</summary>
    public async Task<(RunState State, PodState Pod)?> Find(string podId)
    {
        await turn.WaitAsync(stop.Token);
        try
        {
            return state.Pods.Find(p => p.PodId == podId) is { } pod ? (state, pod) : null;
        }
        finally
        {
            turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await probes.DisposeAsync();
        await service.DisposeAsync();
        stop.Dispose();
    }

    private async Task Loop()
    {
        while (!stop.IsCancellationRequested && !IsGone)
        {
            await turn.WaitAsync(stop.Token);
            try
            {
                await Step();
                failures = 0;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // A full disk for one: tried again, ever more seldom. Whatever it is, one workload must not stop being looked after.
                failures++;
                if (BitOperations.IsPow2(failures))
                    ActorLog.StepFailed(logger, e, WorkloadId, failures);
            }
            finally
            {
                turn.Release();
            }
            await Rest();
        }
    }

    private async Task Step()
    {
        var isGone = await step.Make();
        if (isGone)
            store.Remove(state);
        else
            Save();
        IsGone = isGone;
        var status = BuildStatus();
        if (isGone)
            status = status with { Phase = RunPhases.Removed };
        var isNew = !StatusText.IsSame(status, Status);
        Status = status;
        if (isNew || isGone)
            publish(this, status);
    }

    private async Task Rest()
    {
        var isQuiet = failures == 0 && !state.IsRemoving && RunPhases.IsEnd(Status.Phase);
        var pause = node.Options.Tick * Math.Pow(2, Math.Min(failures, 20));
        await wakes.WaitAsync(isQuiet ? Timeout.InfiniteTimeSpan : pause < node.Options.LongestRetry ? pause : node.Options.LongestRetry, stop.Token);
        while (wakes.Wait(0, CancellationToken.None))
        {
            // one step answers all of them
        }
    }

    private void Save()
    {
        var bytes = RunStore.Serialize(state);
        if (bytes.AsSpan().SequenceEqual(saved))
            return;
        store.Save(WorkloadId, bytes);
        saved = bytes;
    }

    private RunStatus BuildStatus() => StatusBuilder.Build(state, HostAddress.Value, service.Warnings.Concat(node.Machine.Problems));
}
