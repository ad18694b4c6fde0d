using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Contract;

/// <summary>Watches.</summary>
public abstract partial class ClusterContract
{
    [Fact]
    public async Task A_watch_tells_what_is_there_and_then_each_change()
    {
        for (var i = 0; i < 4; i++)
            await Client.Secrets.Create(new Secret { Metadata = Meta($"s-{i}", ("watched", "yes")) }, Limit);
        await using var events = Client.Secrets.Watch(Labelled("watched", "yes"), Limit).GetAsyncEnumerator(Limit);
        var listed = (WatchEvent<Secret>.Listed)await events.First(_ => true);
        listed.Items.Select(item => item.Metadata.Name).ShouldBe(["s-0", "s-1", "s-2", "s-3"]);

        await Client.Secrets.Create(new Secret { Metadata = Meta("unwatched") }, Limit);
        var added = await Client.Secrets.Create(new Secret { Metadata = Meta("s-4", ("watched", "yes")) }, Limit);
        var told = (WatchEvent<Secret>.Changed)await events.First(one => one is not WatchEvent<Secret>.Bookmark);
        (told.IsNew, told.Item.Metadata.Name, told.Item.Metadata.ResourceVersion).ShouldBe((true, "s-4", added.Metadata.ResourceVersion));

        await Client.Secrets.Patch(Ns, "s-0", Patch.Merge(Json("""{"data":{"a":"AA=="}}""")), subresource: null, Limit);
        told = (WatchEvent<Secret>.Changed)await events.First(one => one is not WatchEvent<Secret>.Bookmark);
        (told.IsNew, told.Item.Metadata.Name, told.Item.Data!["a"].Length).ShouldBe((false, "s-0", 1));

        await Client.Secrets.Patch(Ns, "s-1", Patch.Merge(Json("""{"metadata":{"labels":{"watched":"no"}}}""")), subresource: null, Limit);
        (await events.First(one => one is not WatchEvent<Secret>.Bookmark)).ShouldBeOfType<WatchEvent<Secret>.Deleted>().Item.Metadata.Name.ShouldBe("s-1"); // out of the selection
        await Client.Secrets.Delete(Ns, "s-2", new DeleteOptions(), Limit);
        ((WatchEvent<Secret>.Deleted)await events.First(one => one is not WatchEvent<Secret>.Bookmark)).Item.Metadata.Name.ShouldBe("s-2");
    }

    [Fact]
    public async Task A_watch_goes_on_when_the_server_ends_it()
    {
        using var client = ShortWatches();
        await using var events = client.Secrets.Watch(Labelled("watched", "yes"), Limit).GetAsyncEnumerator(Limit);
        await events.First(one => one is WatchEvent<Secret>.Listed);
        for (var i = 0; i < 4; i++)
        {
            var next = events.First(one => one is not WatchEvent<Secret>.Bookmark);
            var asked = TimeProvider.System.GetTimestamp();
            await Wait.Until(() => Task.FromResult(TimeProvider.System.GetElapsedTime(asked)), spent => spent > TimeSpan.FromSeconds(1.1), "a watch to end");
            await Client.Secrets.Create(new Secret { Metadata = Meta($"s-{i}", ("watched", "yes")) }, Limit);
            ((WatchEvent<Secret>.Changed)await next).Item.Metadata.Name.ShouldBe($"s-{i}"); // each once, and no other list
        }
    }

    private KubernetesClient ShortWatches() => cluster.Client("orrery", options => options with { WatchTimeout = TimeSpan.FromSeconds(1) });
}
