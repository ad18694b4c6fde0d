using Orrery.Kubernetes.Objects;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Pods of several containers, and what these share.</summary>
public abstract partial class ClusterContract
{
    private const string Shared = "/shared";

    [Fact]
    public async Task Containers_wait_for_those_before_them_and_share_a_volume()
    {
        var waits = Sharing("first", $"until [ -e {Shared}/go ]; do sleep 0.05; done; echo first >{Shared}/who");
        await Client.Pods.Create(Several([waits], Sharing("main", $"cat {Shared}/who; echo main >{Shared}/who"), Sharing("other", "sleep 1000")), Limit);
        var waiting = await Until("one", seen => seen.Status?.InitContainerStatuses is [{ State.Running: not null }], "the first container");
        waiting.Status!.Phase.ShouldBe("Pending");
        waiting.Status.ContainerStatuses!.Select(one => (one.Name, one.State!.Waiting!.Reason)).ShouldBe([("main", "PodInitializing"), ("other", "PodInitializing")]);
        (await Client.PodAccess.Run(Ns, "one", Program($"touch {Shared}/go") with { Container = "first" }, Limit)).ExitCode.ShouldBeOneOf(0, Killed);
        var ended = await Until("one", seen => Of(seen, "main").State?.Terminated is not null && Of(seen, "other").State?.Running is not null, "the end of main");
        (ended.Status!.Phase, ended.Status.InitContainerStatuses!.Single().State!.Terminated!.ExitCode).ShouldBe(("Running", 0));
        (await Lines("one", new PodLogOptions { Container = "main" })).ShouldBe(["first"]);
        (await Client.PodAccess.Run(Ns, "one", Program($"cat {Shared}/who") with { Container = "other" }, Limit)).Stdout.ShouldBe("main\n");
    }

    [Theory]
    [InlineData(0, "Succeeded")]
    [InlineData(3, "Failed")]
    public async Task A_pod_lives_until_the_last_of_its_containers_ends(int code, string phase)
    {
        await Client.Pods.Create(Several([], Sharing("main", $"exit {code}"), Sharing("other", $"until [ -e {Shared}/go ]; do sleep 0.05; done")), Limit);
        var pod = await Until("one", seen => seen.Status?.ContainerStatuses is [{ State.Terminated: not null }, { State.Running: not null }], "the end of main");
        (pod.Status!.Phase, Of(pod, "main").State!.Terminated!.ExitCode).ShouldBe(("Running", code));
        await Client.PodAccess.Run(Ns, "one", Program($"touch {Shared}/go") with { Container = "other" }, Limit);
        (await Until("one", seen => seen.Status?.Phase is "Succeeded" or "Failed", "the end")).Status!.Phase.ShouldBe(phase);
    }

    [Fact]
    public async Task No_container_starts_after_one_that_failed()
    {
        await Client.Pods.Create(Several([Sharing("first", "exit 4")], Sharing("main", "true")), Limit);
        var pod = await Until("one", seen => seen.Status?.Phase == "Failed", "the end");
        pod.Status!.InitContainerStatuses!.Single().State!.Terminated!.ExitCode.ShouldBe(4);
        Of(pod, "main").State!.Waiting.ShouldNotBeNull();
    }

    [Fact]
    public async Task Of_several_containers_one_has_to_be_named()
    {
        await Started(Several([], Sharing("main", "sleep 1000"), Sharing("other", "sleep 1000")));
        (await Should.ThrowAsync<KubernetesApiException>(() => Lines("one"))).Code.ShouldBe(System.Net.HttpStatusCode.BadRequest);
        (await Should.ThrowAsync<KubernetesApiException>(() => Client.PodAccess.Exec(Ns, "one", Program("true"), Limit))).Code.ShouldBe(System.Net.HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(30_000)]
    [InlineData(3_000_000)]
    public async Task What_a_program_is_sent_arrives_whole(int piece)
    {
        const int Size = 3_000_000;
        await Started(Pod("one", "sleep 1000"));
        await using var session = await Client.PodAccess.Exec(Ns, "one", Program($"head -c {Size} | sha256sum") with { Stdin = true }, Limit);
        var bytes = new byte[Size];
        new Random(4).NextBytes(bytes);
        for (var sent = 0; sent < Size; sent += piece)
            await session.Write(bytes.AsMemory(sent, Math.Min(piece, Size - sent)), Limit);
        var told = System.Text.Encoding.UTF8.GetString((await session.Receive(Limit))!.Value.Data.Span);
        told.ShouldStartWith(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)));
    }

    private Pod Several(List<Container> before, params Container[] containers)
    {
        var pod = Pod("one", "");
        return pod with { Spec = pod.Spec! with { InitContainers = before.Count > 0 ? before : null, Containers = [.. containers], Volumes = [new Volume { Name = "shared", EmptyDir = new EmptyDirVolume() }] } };
    }

    private static Container Sharing(string name, string script) => Runs(script).Containers[0] with { Name = name, VolumeMounts = [new VolumeMount("shared", Shared)] };

    private static ContainerStatus Of(Pod pod, string name) => pod.Status?.ContainerStatuses?.Find(one => one.Name == name) ?? new ContainerStatus { Name = name };
}
