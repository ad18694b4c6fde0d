using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Pods live and end, and controllers make them.</summary>
public abstract partial class ClusterContract
{
    [Theory]
    [InlineData("true", "Succeeded", 0, "Completed")]
    [InlineData("exit 3", "Failed", 3, "Error")]
    public async Task A_pod_ends_as_its_program_does(string script, string phase, int code, string reason)
    {
        await Client.Pods.Create(Pod("one", script), Limit);
        var pod = await Until("one", seen => seen.Status?.Phase is "Succeeded" or "Failed", "the end");
        pod.Status!.Phase.ShouldBe(phase);
        var end = pod.Status.ContainerStatuses!.Single().State!.Terminated!;
        (end.ExitCode, end.Reason).ShouldBe((code, reason));
        end.StartedAt.ShouldNotBeNull();
        end.FinishedAt!.Value.ShouldBeGreaterThanOrEqualTo(end.StartedAt.Value);
        (pod.Spec!.NodeName, pod.Status.PodIp!.Length > 0, pod.Status.HostIp!.Length > 0).ShouldBe((cluster.Node, true, true));
    }

    [Fact]
    public async Task A_pod_that_shall_always_run_is_restarted()
    {
        await Client.Pods.Create(Pod("one", "exit 4", "Always"), Limit);
        var status = (await Until("one", seen => seen.Status?.ContainerStatuses is [{ RestartCount: > 0, LastState.Terminated: not null }], "a restart")).Status!.ContainerStatuses!.Single();
        status.LastState!.Terminated!.ExitCode.ShouldBe(4);
    }

    [Fact]
    public async Task A_pod_that_fits_nowhere_says_so()
    {
        await Client.Pods.Create(Pod("one", "true") with { Spec = Runs("true") with { NodeSelector = new() { ["no"] = "such" } } }, Limit);
        var pod = await Until("one", seen => seen.Status?.Conditions?.Exists(one => one.Reason == "Unschedulable") == true, "the reason");
        var condition = pod.Status!.Conditions!.Single(one => one.Type == "PodScheduled");
        (condition.Status, condition.Message!.Contains("0/")).ShouldBe(("False", true));
    }

    [Fact]
    public async Task A_deployment_has_its_pods_and_rolls()
    {
        await Client.Deployments.Apply(Deployment("web", "sleep 1000", new EnvVar { Name = "V", Value = "1" }), force: false, Limit);
        var first = (await Pods("web", pods => pods is [{ Status.Phase: "Running" }])).Single();
        await Client.Deployments.Apply(Deployment("web", "sleep 1000", new EnvVar { Name = "V", Value = "2" }), force: false, Limit);
        var second = (await Pods("web", pods => pods is [{ Status.Phase: "Running" } one] && one.Metadata.Uid != first.Metadata.Uid)).Single();
        second.Spec!.Containers.Single().Env!.Single().Value.ShouldBe("2");
        var status = await Wait.Until(() => Client.Deployments.Get(Ns, "web", Limit), seen => seen.Status is { ReadyReplicas: 1, UpdatedReplicas: 1, Replicas: 1 } && seen.Status.ObservedGeneration == seen.Metadata.Generation, "its status");
        status.Metadata.Generation.ShouldBe(2);
        await Client.Deployments.Delete(Ns, "web", new DeleteOptions { PropagationPolicy = Propagation.Background }, Limit);
        await Pods("web", pods => pods.Count == 0);
    }

    [Fact]
    public async Task A_stateful_set_names_its_pods_and_starts_them_in_order()
    {
        var template = Deployment("db", "sleep 1000").Spec!;
        await Client.StatefulSets.Apply(new StatefulSet { Metadata = Meta("db"), Spec = new StatefulSetSpec { Replicas = 2, ServiceName = "db", Selector = template.Selector, Template = template.Template } }, force: false, Limit);
        var pods = await Pods("db", pods => pods.Count == 2 && pods.All(pod => pod.Status?.Phase == "Running"));
        pods.Select(pod => pod.Metadata.Name).ShouldBe(["db-0", "db-1"]);
        pods[0].Metadata.CreationTimestamp!.Value.ShouldBeLessThanOrEqualTo(pods[1].Metadata.CreationTimestamp!.Value);
    }

    [Fact]
    public async Task Arguments_and_variables_expand_as_kubernetes_does()
    {
        var pod = Pod("one", "echo \"$A|$B|$C|$D|$(IP)|$$(A)|$(NONE)\"");
        await Client.Secrets.Create(new Secret { Metadata = Meta("keys"), Data = new() { ["C"] = "from secret"u8.ToArray() } }, Limit);
        var container = pod.Spec!.Containers[0] with
        {
            Env =
            [
                new EnvVar { Name = "A", Value = "1" }, new EnvVar { Name = "B", Value = "$(A)2 $$(A) $x" },
                new EnvVar { Name = "C", ValueFrom = new EnvVarSource { SecretKeyRef = new SecretKeySelector("keys", "C") } },
                new EnvVar { Name = "D", ValueFrom = new EnvVarSource { FieldRef = new ObjectFieldSelector("metadata.name") } },
                new EnvVar { Name = "IP", Value = "ip" },
            ],
            Args = ["printf '%s\\n' \"$A|$B|$C|$D|$(IP)\" '$$(A)' '$(NONE)' '$$$$'"],
        };
        await Client.Pods.Create(pod with { Spec = pod.Spec with { Containers = [container] } }, Limit);
        await Until("one", seen => seen.Status?.Phase == "Succeeded", "the end");
        (await Lines("one")).ShouldBe(["1|12 $(A) $x|from secret|one|ip", "$(A)", "$(NONE)", "$$"]);
    }

    private Task<List<Pod>> Pods(string app, Func<List<Pod>, bool> holds) =>
        Wait.Until(async () => (await Client.Pods.Page(Labelled("app", app), 100, from: null, Limit)).Items, holds, $"pods of {app}");

    private async Task<IReadOnlyList<string>> Lines(string pod, PodLogOptions? options = null) =>
        await Client.PodAccess.Logs(Ns, pod, options ?? new PodLogOptions(), Limit).Select(line => line.Text).ToListAsync(Limit);
}
