using Orrery.Kubernetes.Objects;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Apply and patch.</summary>
public abstract partial class ClusterContract
{
    [Fact]
    public async Task Apply_creates_then_changes_only_what_differs()
    {
        var made = await Client.Services.Apply(Service("web", ("a", "1"), ("b", "2")), force: false, Limit);
        var same = await Client.Services.Apply(Service("web", ("a", "1"), ("b", "2")), force: false, Limit);
        (same.Metadata.Uid, same.Spec!.ClusterIp).ShouldBe((made.Metadata.Uid, made.Spec!.ClusterIp));
        var changed = await Client.Services.Apply(Service("web", ("a", "3")), force: false, Limit);
        changed.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["a"] = "3" }); // b was ours, and we say it no more
        changed.Spec!.ClusterIp.ShouldBe(made.Spec.ClusterIp);
    }

    [Fact]
    public async Task Apply_takes_nothing_from_another_manager_unless_forced()
    {
        using var other = cluster.Client("other");
        await Client.Services.Apply(Service("web", ("a", "1"), ("b", "2")), force: false, Limit);
        var conflict = await Should.ThrowAsync<KubernetesConflictException>(() => other.Services.Apply(Service("web", ("a", "9")), force: false, Limit));
        conflict.Causes.ShouldContain(cause => cause.Reason == StatusReasons.FieldManagerConflict && cause.Field == ".metadata.labels.a" && cause.Message!.Contains("orrery"));
        (await other.Services.Apply(Service("web", ("a", "9")), force: true, Limit)).Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["a"] = "9", ["b"] = "2" });
        await Should.ThrowAsync<KubernetesConflictException>(() => Client.Services.Apply(Service("web", ("a", "1"), ("b", "2")), force: false, Limit));
        (await Client.Services.Apply(Service("web", ("b", "2")), force: false, Limit)).Metadata.Labels!["a"].ShouldBe("9"); // it is the other's now
        (await other.Services.Apply(Service("web", ("a", "9"), ("b", "2")), force: false, Limit)).Metadata.Labels!.Count.ShouldBe(2); // the same value is no conflict
    }

    [Fact]
    public async Task Apply_merges_lists_by_their_keys()
    {
        using var other = cluster.Client("other");
        await Client.Deployments.Apply(Deployment("web", "sleep 1000", new EnvVar { Name = "A", Value = "1" }), force: false, Limit);
        await other.Deployments.Apply(Deployment("web", "sleep 1000", new EnvVar { Name = "B", Value = "2" }), force: false, Limit);
        (await Env("web")).ShouldBe(["A=1", "B=2"], ignoreOrder: true);
        await Client.Deployments.Apply(Deployment("web", "sleep 1000", new EnvVar { Name = "C", Value = "3" }), force: false, Limit);
        (await Env("web")).ShouldBe(["B=2", "C=3"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_merge_patch_changes_removes_and_minds_the_version()
    {
        var made = await Client.Services.Create(Service("web", ("a", "1"), ("b", "2")), Limit);
        var patched = await Client.Services.Patch(Ns, "web", Patch.Merge(Json("""{"metadata":{"labels":{"a":null,"c":"3"}}}""")), subresource: null, Limit);
        patched.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["b"] = "2", ["c"] = "3" }, ignoreOrder: true);
        var stale = Patch.Merge(Json("""{"metadata":{"resourceVersion":"VERSION","labels":{"d":"4"}}}""".Replace("VERSION", made.Metadata.ResourceVersion)));
        await Should.ThrowAsync<KubernetesConflictException>(() => Client.Services.Patch(Ns, "web", stale, subresource: null, Limit));
        await Should.ThrowAsync<KubernetesNotFoundException>(() => Client.Services.Patch(Ns, "other", Patch.Merge(Json("{}")), subresource: null, Limit));
    }

    [Fact]
    public async Task A_strategic_patch_merges_lists_by_their_keys()
    {
        await Client.Deployments.Create(Deployment("web", "sleep 1000", new EnvVar { Name = "A", Value = "1" }, new EnvVar { Name = "B", Value = "2" }), Limit);
        var patch = Patch.Strategic(Json("""{"spec":{"template":{"spec":{"containers":[{"name":"main","env":[{"name":"B","$patch":"delete"},{"name":"C","value":"3"}]}]}}}}"""));
        (await Client.Deployments.Patch(Ns, "web", patch, subresource: null, Limit)).Spec!.Template.Spec!.Containers.Single().Image.ShouldBe("localhost/busybox:1");
        (await Env("web")).ShouldBe(["A=1", "C=3"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_json_patch_makes_its_operations_or_none()
    {
        await Client.Services.Create(Service("web", ("a", "1")), Limit);
        var good = Patch.Operations(Json("""[{"op":"test","path":"/metadata/labels/a","value":"1"},{"op":"replace","path":"/metadata/labels/a","value":"2"},{"op":"add","path":"/metadata/labels/x~1y","value":"3"}]"""));
        (await Client.Services.Patch(Ns, "web", good, subresource: null, Limit)).Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["a"] = "2", ["x/y"] = "3" }, ignoreOrder: true);
        var bad = Patch.Operations(Json("""[{"op":"add","path":"/metadata/labels/b","value":"3"},{"op":"test","path":"/metadata/labels/a","value":"1"}]"""));
        await Should.ThrowAsync<KubernetesApiException>(() => Client.Services.Patch(Ns, "web", bad, subresource: null, Limit));
        (await Client.Services.Get(Ns, "web", Limit)).Metadata.Labels!.ShouldNotContainKey("b");
    }

    [Fact]
    public async Task The_status_is_changed_only_as_a_status()
    {
        await Client.Pods.Create(Pod("one", "true") with { Spec = Runs("true") with { NodeSelector = new() { ["no"] = "such" } } }, Limit);
        var patch = Patch.Merge(Json("""{"metadata":{"labels":{"changed":"yes"}},"status":{"reason":"Tested"}}"""));
        var whole = await Client.Pods.Patch(Ns, "one", patch, subresource: null, Limit);
        (whole.Metadata.Labels!.ContainsKey("changed"), whole.Status!.Reason).ShouldBe((true, null));
        (await Client.Pods.Patch(Ns, "one", patch, "status", Limit)).Status!.Reason.ShouldBe("Tested");
    }

    private Deployment Deployment(string name, string script, params EnvVar[] env)
    {
        var spec = Runs(script);
        return new Deployment
        {
            Metadata = Meta(name),
            Spec = new DeploymentSpec
            {
                Replicas = 1,
                Selector = new LabelSelector { MatchLabels = new() { ["app"] = name } },
                Template = new PodTemplateSpec
                {
                    Metadata = new ObjectMeta { Labels = new() { ["app"] = name } },
                    Spec = spec with { Containers = [spec.Containers[0] with { Env = env.Length == 0 ? null : [.. env] }] },
                },
            },
        };
    }

    private async Task<IEnumerable<string>> Env(string deployment) =>
        (await Client.Deployments.Get(Ns, deployment, Limit)).Spec!.Template.Spec!.Containers.Single().Env!.Select(one => $"{one.Name}={one.Value}");
}
