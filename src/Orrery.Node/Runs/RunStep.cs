using Orrery.Node.Hosting;
using Orrery.Node.Network;
using Orrery.Node.Pods;
using Orrery.Node.Posix;
using Orrery.Node.Services;

namespace Orrery.Node.Runs;

/// <summary>One step of one workload. May be cut off anywhere: what counts is on disk before it is done.</summary>
internal sealed class RunStep(
    NodeServices node, PodLauncher launcher, RunState state, ProbeSet probes, ServiceListener service, Action save)
{
    /// <summary>MASTER_PORT where pods have addresses of their own.</summary>
    private const int UsualMasterPort = 29500;

    private readonly PodKeeper keeper = new(node, launcher, new PodProcesses(node));

    /// <summary>Takes over what an earlier node left: opens logs, keeps addresses, takes back starts that have not begun.</summary>
    public void Adopt()
    {
        node.Addresses.Reserve(state.ServiceIp);
        node.Addresses.Reserve(state.ServiceLoopback);
        foreach (var pod in state.Pods)
        {
            node.Addresses.Reserve(pod.IsDiscarded ? null : pod.Ip);
            if (pod.Stage != PodStage.Live)
            {
                if (pod.Container > 0 && !pod.IsDiscarded)
                    keeper.CleanUp(pod);
                continue;
            }
            var container = launcher.ContainerOf(pod);
            if (container.Look() == ContainerLife.Unclaimed && container.TryClaim())
                pod.Stage = PodStage.Waiting;
            else
                launcher.OpenLog(state, pod);
        }
    }

    /// <returns>True when the workload is removed and nothing is left of it.</returns>
    public async Task<bool> Make()
    {
        foreach (var pod in state.Pods.Where(p => p.Stage == PodStage.Live))
            await keeper.Observe(state, pod);
        probes.Apply(state);
        EndHung();
        EndOverfull();
        if (state.IsRemoving)
            RunRules.Of(state, node.Now, TimeSpan.Zero).EndAll();
        else
            RunRules.Of(state, node.Now, node.Options.Drain).Decide();
        service.Spread(state); // before any is ended: who leaves gets no connection that its end would cut
        foreach (var pod in state.Pods.Where(p => p is { Stage: PodStage.Live, Stop: not null }))
            keeper.Stop(state, pod, service.Backends.IsBusy(pod.Ip));
        if (state.IsRemoving)
            return await Dissolve();
        await Vanish();
        await service.Apply(state); // a program may ask for its own service as soon as it starts
        Launch();
        Advance();
        return false;
    }

    private void EndHung()
    {
        foreach (var pod in state.Pods.Where(p => keeper.IsHung(state, p)))
        {
            pod.Stop = new PodStop
            {
                Reason = PodEnd.Hung,
                Message = $"no output for {state.SpecOf(pod).HangTimeoutS} s",
                Restarts = true,
                DrainUntil = node.Now,
            };
        }
    }

    private void EndOverfull()
    {
        foreach (var pod in state.Pods.Where(p => p is { Stage: PodStage.Live, Stop: null }))
        {
            if (node.Scratch.Complaint(pod.PodId, state.SpecOf(pod).Resources.EphemeralStorageBytes) is { } complaint)
                pod.Stop = new PodStop { Reason = PodEnd.Evicted, Message = complaint, Restarts = true, DrainUntil = node.Now };
        }
    }

    private void Launch()
    {
        GiveAddresses();
        var rules = RunRules.Of(state, node.Now, node.Options.Drain);
        foreach (var pod in state.Pods.Where(p => p is { Stage: PodStage.Waiting, Stop: null } && HasAddress(p) && rules.MayLaunch(p)).ToList())
        {
            pod.Container++;
            pod.Stage = PodStage.Live;
            pod.LaunchTime = node.Now;
            pod.ContainerStart = null;
            pod.NextStart = null;
            save(); // before the start: a node that is killed here knows what to look for
            var warnings = new List<string>();
            launcher.Launch(state, pod, warnings);
            state.Warnings.UnionWith(warnings);
        }
    }

    /// <summary>To all pods of the run before any starts, for each may know the address of rank 0; to none while there are not enough.</summary>
    private void GiveAddresses()
    {
        var without = state.Pods.Where(p => p.Stage == PodStage.Waiting && !HasAddress(p)).ToList();
        foreach (var (pod, address) in without.Zip(node.Addresses.TakeForPods(without.Count) ?? []))
        {
            node.Addresses.Release(pod.Ip);
            pod.Ip = address;
        }
        if (state.MasterPort == 0)
            state.MasterPort = node.Addresses.HasOwnAddresses ? UsualMasterPort : FreePort.Take();
    }

    private bool HasAddress(PodState pod) => pod.Ip.Length > 0 && node.Addresses.Fits(pod.Ip);

    private void Advance()
    {
        foreach (var run in state.Older.Keys.Where(r => !state.Pods.Exists(p => p.Run == r)).ToList())
            state.Older.Remove(run);
        var current = state.Pods.Where(p => p.Stop is null).ToList();
        var isComplete = current.Count == state.Spec.Replicas.Count && state.Pods.Count == current.Count;
        state.HasStarted |= isComplete && current.TrueForAll(p => p.StartTime is not null);
        if (isComplete && current.TrueForAll(p => p.IsReady && (p.Run == state.Spec.Run || Template.IsSame(state.SpecOf(p), state.Spec))))
            state.IsRolling = false;
    }

    private async Task Vanish()
    {
        foreach (var pod in state.Pods.Where(p => p.Stop is { Vanishes: true } && p.Stage is PodStage.Succeeded or PodStage.Failed).ToList())
        {
            await Discard(pod);
            state.Pods.Remove(pod);
        }
    }

    private async Task<bool> Dissolve()
    {
        await service.Apply(state);
        if (!state.Pods.TrueForAll(p => p.Stage is PodStage.Succeeded or PodStage.Failed))
            return false;
        foreach (var pod in state.Pods)
            await Discard(pod);
        await service.Release(state);
        if (state.DiscardsLogs)
            Files.DeleteTree(node.Folder.Log(state.Spec.WorkloadId));
        return true;
    }

    /// <summary>Scratch space, control files, address: all but the log.</summary>
    private async Task Discard(PodState pod)
    {
        if (pod.IsDiscarded)
            return; // its address may be another's by now
        await node.Logs.Drain(pod.PodId, closes: true);
        if (pod.Container > 0)
            keeper.CleanUp(pod);
        Files.DeleteTree(node.Folder.Pod(pod.PodId)); // may fail and be tried again, so the address, which others may then have, goes last
        node.Addresses.Release(pod.Ip);
        pod.IsDiscarded = true;
    }
}
