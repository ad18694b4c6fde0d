using Orrery.Kubernetes.Objects;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Objects are made, listed and refused.</summary>
public abstract partial class ClusterContract
{
    [Fact]
    public async Task What_is_created_is_there()
    {
        var made = await Client.Services.Create(Service("web"), Limit);
        made.Metadata.Uid.ShouldNotBeNullOrEmpty();
        made.Metadata.ResourceVersion.ShouldNotBeNullOrEmpty();
        made.Metadata.CreationTimestamp.ShouldNotBeNull();
        made.Spec!.ClusterIp.ShouldStartWith("10.0.0.");
        (await Client.Services.Get(Ns, "web", Limit)).Metadata.Uid.ShouldBe(made.Metadata.Uid);
        (await Client.Services.Find(Ns, "other", Limit)).ShouldBeNull();
    }

    [Fact]
    public async Task Lists_come_in_pages_and_by_labels()
    {
        for (var i = 0; i < 7; i++)
            await Client.Services.Create(Service($"web-{i}", ("tier", i < 5 ? "front" : "back")), Limit);
        var pages = await Client.Services.Pages(new Selection(Ns), Limit).ToListAsync(Limit);
        pages.Select(page => page.Items.Count).ShouldBe([3, 3, 1]);
        pages.Select(page => page.Metadata.ResourceVersion).Distinct().Count().ShouldBe(1);
        pages.SelectMany(page => page.Items).Select(item => item.Metadata.Name).ShouldBe(Enumerable.Range(0, 7).Select(i => $"web-{i}"));
        (await Names("tier=back")).ShouldBe(["web-5", "web-6"]);
        (await Names("tier!=back")).Count.ShouldBe(5);
        (await Names("tier in (back,other)")).ShouldBe(["web-5", "web-6"]);
        (await Names("!tier")).ShouldBeEmpty();
        (await Client.Services.Page(new Selection(Ns, FieldSelector: "metadata.name=web-3"), 10, from: null, Limit)).Items.Single().Metadata.Name.ShouldBe("web-3");
    }

    [Fact]
    public async Task Refusals_are_types()
    {
        await Client.Services.Create(Service("web"), Limit);
        (await Should.ThrowAsync<KubernetesAlreadyExistsException>(() => Client.Services.Create(Service("web"), Limit))).Reason.ShouldBe("AlreadyExists");
        await Should.ThrowAsync<KubernetesNotFoundException>(() => Client.Services.Get(Ns, "other", Limit));
        await Should.ThrowAsync<KubernetesNotFoundException>(() => Client.Services.Delete(Ns, "other", new DeleteOptions(), Limit));
        var nowhere = Service("web") with { Metadata = new ObjectMeta { Name = "web", Namespace = "orrery-no-such" } };
        await Should.ThrowAsync<KubernetesNotFoundException>(() => Client.Services.Create(nowhere, Limit));
    }

    [Fact]
    public async Task What_is_not_valid_is_told_field_by_field()
    {
        var nameless = Pod("bad", "true") with { Spec = new PodSpec { Containers = [new Container { Name = "main", Image = "" }, new Container { Name = "", Image = "x" }] } };
        var refused = await Should.ThrowAsync<KubernetesInvalidException>(() => Client.Pods.Create(nameless, Limit));
        refused.Causes.Select(cause => cause.Field).ShouldBe(["spec.containers[0].image", "spec.containers[1].name"], ignoreOrder: true);
        refused.Causes.ShouldAllBe(cause => cause.Reason == "FieldValueRequired" && cause.Message!.Length > 0);
        (await Should.ThrowAsync<KubernetesInvalidException>(() => Client.Pods.Create(Pod("Bad_Name", "true"), Limit)))
            .Causes.ShouldContain(cause => cause.Field == "metadata.name");
    }

    [Fact]
    public async Task Secrets_hold_bytes()
    {
        var secret = new Secret { Metadata = Meta("keys"), Data = new() { ["a"] = [0, 1, 255] } };
        await Client.Secrets.Create(secret, Limit);
        (await Client.Secrets.Get(Ns, "keys", Limit)).Data!["a"].ShouldBe([0, 1, 255]);
    }

    [Fact]
    public async Task Nodes_tell_what_they_have()
    {
        var node = await Client.Nodes.Get(ns: null, cluster.Node, Limit);
        node.Status!.Allocatable!["cpu"].ShouldNotBeNullOrEmpty();
        node.Status.Allocatable["memory"].ShouldNotBeNullOrEmpty();
        node.Status.Conditions!.Single(condition => condition.Type == "Ready").Status.ShouldBe("True");
        node.Metadata.Labels!["kubernetes.io/hostname"].ShouldBe(cluster.Node);
    }

    [Fact]
    public async Task Kinds_are_known_or_not()
    {
        (await Client.Has(ResourceTypes.Pods, Limit)).ShouldBeTrue();
        (await Client.Has(ResourceTypes.StatefulSets, Limit)).ShouldBeTrue();
        (await Client.Has(ResourceTypes.PyTorchJobs, Limit)).ShouldBeFalse();
    }

    private async Task<IReadOnlyList<string?>> Names(string labels) =>
        [.. (await Client.Services.Page(new Selection(Ns, labels), 100, from: null, Limit)).Items.Select(item => item.Metadata.Name)];
}
