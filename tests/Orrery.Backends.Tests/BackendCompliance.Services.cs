using Orrery.Contracts.Runs;
using Shouldly;
using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>Services: they restart what dies and change without a gap.</summary>
public abstract partial class BackendCompliance
{
    private string Web => $"echo name $POD_NAME; echo ok > index.html; {place.WebServer}";
    private static readonly ProbeSpec Probe = new("/", 8000, 0, 0.1, 3);

    [Fact]
    public async Task What_dies_is_started_again_in_its_place()
    {
        var run = Run("echo start; sleep 0.1; exit 4", WorkloadKinds.Deployment);
        await Apply(run);
        var status = await server.Until(run.WorkloadId, one => one.Pods.Any(pod => pod.Restarts >= 2), "two restarts");
        status.Run.ShouldBe(1);
        var pod = status.Pods.Single();
        (pod.PodId, pod.ExitCode, pod.Reason).ShouldBe((Pod(run).PodId, 4, "Error"));
        RunPhases.IsEnd(status.Phase).ShouldBeFalse();
    }

    [Fact]
    public async Task A_pod_that_fails_its_liveness_is_restarted_and_one_that_is_not_ready_is_told()
    {
        var sick = Run(Web, WorkloadKinds.Deployment) with { Liveness = Probe with { Path = "/missing" } };
        await Apply(sick);
        (await server.Until(sick.WorkloadId, one => one.Pods.Any(pod => pod.Restarts > 0), "a restart")).Pods.Single().Reason.ShouldBe("Unhealthy");

        var unready = Run(Web, WorkloadKinds.Deployment) with { Readiness = Probe with { Path = "/missing" } };
        await Apply(unready);
        var status = await server.Until(unready.WorkloadId, one => one.Pods.Any(pod => pod.Phase == PodPhases.Running), "a running pod");
        status.Pods.ShouldAllBe(pod => !pod.Ready);
        status.Phase.ShouldNotBe(RunPhases.Running);
    }

    [Theory]
    [InlineData(WorkloadKinds.Deployment)]
    [InlineData(WorkloadKinds.StatefulSet)]
    public async Task A_rolling_update_is_never_without_a_ready_pod(string kind)
    {
        var run = Run(Web, kind, replicas: 2) with { Readiness = Probe };
        await Apply(run);
        await server.Until(run.WorkloadId, one => one.Phase == RunPhases.Running && one.Pods.Count(pod => pod.Ready) == 2, "two ready pods");
        var next = At(2, run with { EntryPoint = "true; " + Web });
        await Apply(next);
        var status = await server.Until(run.WorkloadId, RunPhases.Running, run: 2);
        status.Pods.Select(pod => pod.PodId).ShouldBe([Pod(next).PodId, Pod(next, 1).PodId]);
        var during = server.Told(run.WorkloadId).SkipWhile(one => one.Run == 1).ToList();
        during.ShouldContain(one => one.Phase == RunPhases.Updating);
        during.ShouldAllBe(one => one.Pods.Any(pod => pod.Ready));
    }

    [Fact]
    public async Task A_stateful_set_starts_in_order_and_keeps_its_names()
    {
        var run = Run(Web, WorkloadKinds.StatefulSet, replicas: 3) with { Readiness = Probe };
        await Apply(run);
        await server.Until(run.WorkloadId, one => one.Phase == RunPhases.Running && one.Pods.Count(pod => pod.Ready) == 3, "three ready pods");
        server.Told(run.WorkloadId).ShouldAllBe(one => one.Pods.SkipLast(1).All(pod => pod.Ready));
        var next = At(2, run with { EntryPoint = "true; " + Web });
        await Apply(next);
        await server.Until(run.WorkloadId, RunPhases.Running, run: 2);
        for (var rank = 0; rank < 3; rank++)
        {
            (await server.Lines(Pod(run, rank)))[0].ShouldBe($"name {run.WorkloadId}-{rank}");
            (await server.Lines(Pod(next, rank)))[0].ShouldBe($"name {run.WorkloadId}-{rank}");
        }
    }

    [Fact]
    public async Task A_service_has_an_address()
    {
        var run = Run(Web, WorkloadKinds.Deployment) with { Readiness = Probe, Service = new ServiceSpec("TCP", 80, 8000, 0, "ClusterIP") };
        await Apply(run);
        (await server.Until(run.WorkloadId, RunPhases.Running)).ServiceAddress!.ShouldEndWith(":80");
    }
}
