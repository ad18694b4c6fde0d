using Orrery.Contracts.Runs;
using Orrery.Kubernetes.Objects;
using Orrery.Node.Pods;
using Orrery.Server.Clusters.Backends.Kubernetes.State;
using Shouldly;
using Xunit;
using PodPhases = Orrery.Contracts.Runs.PodPhases;
using PodStatus = Orrery.Contracts.Runs.PodStatus;

namespace Orrery.Backends.Tests;

/// <summary>How a job of Kubeflow's ended, whichever of its pods and conditions was told first.</summary>
public sealed class KubeflowReaderTests
{
    private static readonly DateTimeOffset Second = DateTimeOffset.UnixEpoch;

    [Theory]
    [InlineData(3, 1, "rank 1 exited with code 3", "another rank failed")]
    [InlineData(3, 0, "rank 1 exited with code 3", "another rank failed")] // clusters tell whole seconds
    [InlineData(3, -1, "rank 1 exited with code 3", "another rank failed")]
    [InlineData(null, 0, "the operator's words", "another rank failed")]
    public void What_the_operator_deletes_of_a_failed_job_is_not_why_it_failed(int? exitCode, int masterEndsAt, string message, string master)
    {
        var status = Read("Failed", exitCode, Second.AddSeconds(masterEndsAt));
        (status.Phase, status.Message).ShouldBe((RunPhases.Failed, message));
        status.Pods[0].Message.ShouldBe(master);
    }

    [Fact]
    public void What_was_deleted_before_the_job_failed_is_why_it_failed()
    {
        var status = Read("Failed", exitCode: 3, Second.AddSeconds(-10), failedAt: Second);
        (status.Phase, status.Message).ShouldBe((RunPhases.Failed, "rank 0: its pod was deleted by someone else"));
    }

    [Fact]
    public void What_the_operator_deletes_of_a_job_that_succeeded_had_no_part_left()
    {
        var status = Read("Succeeded", exitCode: 0, Second);
        (status.Phase, status.Message).ShouldBe((RunPhases.Succeeded, ""));
        status.Pods[0].Message.ShouldBe("its job had ended");
    }

    [Fact]
    public void Of_a_job_that_goes_on_someone_else_has_deleted_it() =>
        Read("Running", exitCode: null, Second).Pods[0].Message.ShouldBe(PodReader.DeletedByOthers);

    /// <summary>The pod of rank 0 is gone, and nobody here has deleted it; rank 1 has ended, or was never seen.</summary>
    private static RunStatus Read(string condition, int? exitCode, DateTimeOffset goneAt, DateTimeOffset? failedAt = null)
    {
        var workload = new TrackedWorkload("w");
        workload.Jobs["w-1"] = new PyTorchJob
        {
            Metadata = Meta("w-1"),
            Spec = new PyTorchJobSpec { PytorchReplicaSpecs = [] },
            Status = new JobStatus { Conditions = [new Condition { Type = condition, Status = "True", Message = "the operator's words", LastTransitionTime = failedAt }] },
        };
        workload.Gone["w-1-0"] = new PodStatus { PodId = "w-1-0", Run = 1, Rank = 0, NodeName = "node-1", Phase = PodPhases.Failed, Reason = PodEnd.Stopped, Message = PodReader.DeletedByOthers, EndTime = goneAt };
        if (exitCode is { } code)
            workload.Pods["w-1-worker-0"] = Worker(code);
        return KubeflowReader.Read(workload);
    }

    private static Pod Worker(int exitCode)
    {
        var ended = new ContainerStateTerminated { ExitCode = exitCode, StartedAt = Second.AddSeconds(-1), FinishedAt = Second };
        return new Pod
        {
            Metadata = Meta("w-1-worker-0") with { Labels = new() { ["orrery.dev/run"] = "1", ["training.kubeflow.org/replica-type"] = "worker", ["training.kubeflow.org/replica-index"] = "0" } },
            Spec = new PodSpec { Containers = [new Container { Name = "pytorch" }] },
            Status = new Orrery.Kubernetes.Objects.PodStatus { Phase = exitCode == 0 ? "Succeeded" : "Failed", ContainerStatuses = [new ContainerStatus { Name = "pytorch", State = new ContainerState { Terminated = ended } }] },
        };
    }

    private static ObjectMeta Meta(string name) => new() { Name = name, Uid = name, Labels = new() { ["orrery.dev/run"] = "1" } };
}
