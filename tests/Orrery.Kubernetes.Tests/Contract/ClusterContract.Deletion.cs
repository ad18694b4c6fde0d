using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Deletion, and what goes with it.</summary>
public abstract partial class ClusterContract
{
    [Theory]
    [InlineData(Propagation.Background)]
    [InlineData(Propagation.Foreground)]
    public async Task What_it_owns_goes_with_it(string propagation)
    {
        var owner = await Client.Services.Create(Service("owner"), Limit);
        await Client.Secrets.Create(Owned("kept-by", owner), Limit);
        await Client.Services.Delete(Ns, "owner", new DeleteOptions { PropagationPolicy = propagation }, Limit);
        await Wait.Until(() => Client.Services.Find(Ns, "owner", Limit), found => found is null, "the owner to go");
        await Wait.Until(() => Client.Secrets.Find(Ns, "kept-by", Limit), found => found is null, "what it owns to go");
    }

    [Fact]
    public async Task Orphans_stay()
    {
        var owner = await Client.Services.Create(Service("owner"), Limit);
        await Client.Secrets.Create(Owned("orphan", owner), Limit);
        await Client.Services.Delete(Ns, "owner", new DeleteOptions { PropagationPolicy = Propagation.Orphan }, Limit);
        await Wait.Until(() => Client.Services.Find(Ns, "owner", Limit), found => found is null, "the owner to go");
        (await Client.Secrets.Get(Ns, "orphan", Limit)).Metadata.OwnerReferences.ShouldBeNull();
    }

    [Fact]
    public async Task Another_object_of_the_name_is_not_deleted()
    {
        var made = await Client.Services.Create(Service("web"), Limit);
        var other = new DeleteOptions { Preconditions = new Preconditions(Uid: Guid.NewGuid().ToString()) };
        await Should.ThrowAsync<KubernetesConflictException>(() => Client.Services.Delete(Ns, "web", other, Limit));
        await Client.Services.Delete(Ns, "web", new DeleteOptions { Preconditions = new Preconditions(made.Metadata.Uid) }, Limit);
        (await Client.Services.Find(Ns, "web", Limit)).ShouldBeNull();
    }

    [Fact]
    public async Task A_selection_is_deleted_at_once()
    {
        foreach (var (name, tier) in new[] { ("a", "front"), ("b", "front"), ("c", "back") })
            await Client.Secrets.Create(new Secret { Metadata = Meta(name, ("tier", tier)) }, Limit);
        await Client.Secrets.DeleteAll(Labelled("tier", "front"), new DeleteOptions(), Limit);
        (await Client.Secrets.Page(new Selection(Ns, "tier"), 100, from: null, Limit)).Items.Select(item => item.Metadata.Name).ShouldBe(["c"]);
    }

    [Fact]
    public async Task A_running_pod_has_its_grace_and_is_gone()
    {
        await Started(Pod("one", "trap '' TERM; while :; do sleep 0.1; done"));
        await Client.Pods.Delete(Ns, "one", new DeleteOptions(), Limit);
        (await Client.Pods.Get(Ns, "one", Limit)).Metadata.DeletionTimestamp.ShouldNotBeNull();
        await Wait.Until(() => Client.Pods.Find(Ns, "one", Limit), found => found is null, "the pod to go");
    }

    [Fact]
    public async Task A_namespace_takes_all_with_it()
    {
        var space = $"{Ns}-b";
        await Client.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = space } }, Limit);
        await Client.Secrets.Create(new Secret { Metadata = new ObjectMeta { Name = "a", Namespace = space } }, Limit);
        await Client.Namespaces.Delete(ns: null, space, new DeleteOptions(), Limit);
        await Wait.Until(() => Client.Namespaces.Find(ns: null, space, Limit), found => found is null, "the namespace to go");
        (await Client.Secrets.Page(new Selection(space), 100, from: null, Limit)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_new_comes_into_a_namespace_that_goes_and_finalizers_hold_it()
    {
        var space = $"{Ns}-c";
        await Client.Namespaces.Create(new Namespace { Metadata = new ObjectMeta { Name = space } }, Limit);
        await Client.Secrets.Create(new Secret { Metadata = new ObjectMeta { Name = "held", Namespace = space, Finalizers = ["orrery.dev/test"] } }, Limit);
        await Client.Namespaces.Delete(ns: null, space, new DeleteOptions(), Limit);
        var late = new Secret { Metadata = new ObjectMeta { Name = "late", Namespace = space } };
        (await Should.ThrowAsync<KubernetesForbiddenException>(() => Client.Secrets.Create(late, Limit))).Reason.ShouldBe("Forbidden");
        await Wait.Until(() => Client.Secrets.Get(space, "held", Limit), held => held.Metadata.DeletionTimestamp is not null, "its deletion to be asked for");
        await Client.Secrets.Patch(space, "held", Patch.Merge(Json("""{"metadata":{"finalizers":null}}""")), subresource: null, Limit);
        await Wait.Until(() => Client.Namespaces.Find(ns: null, space, Limit), found => found is null, "the namespace to go");
    }

    private Secret Owned(string name, Service owner) => new() { Metadata = Meta(name) with { OwnerReferences = [OwnerReference.To(owner)] } };
}
