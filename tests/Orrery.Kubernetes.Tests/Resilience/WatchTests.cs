using Orrery.Kubernetes.Objects;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Resilience;

/// <summary>Watches over what servers do to them.</summary>
public sealed class WatchTests : DoubleTest
{
    private const string Watching = "GET /api/v1/namespaces/default/secrets?watch";
    private const string Listing = "GET /api/v1/namespaces/default/secrets?limit";

    /// <summary>Bridges the start of a server on a busy machine.</summary>
    private static readonly KubernetesClientOptions Patient = new() { Retries = 12, RetryDelay = TimeSpan.FromMilliseconds(50), LongestRetryDelay = TimeSpan.FromMilliseconds(400) };

    [Fact]
    public async Task A_watch_that_the_server_ended_is_resumed_where_it_was()
    {
        using var client = Client();
        await using var events = client.Secrets.Watch(All, Limit).GetAsyncEnumerator(Limit);
        await events.First(one => one is WatchEvent<Secret>.Listed);
        for (var i = 0; i < 5; i++)
        {
            var next = events.First(_ => true);
            Server.EndWatches();
            await client.Secrets.Create(Secret($"s-{i}"), Limit);
            (await next).ShouldBeOfType<WatchEvent<Secret>.Changed>().Item.Metadata.Name.ShouldBe($"s-{i}");
        }
        Asked(Listing).ShouldBe(1);
        Asked(Watching).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task What_the_server_has_forgotten_is_listed_again()
    {
        using var client = Client(Patient);
        await client.Secrets.Create(Secret("stays"), Limit);
        await client.Secrets.Create(Secret("goes"), Limit);
        await using var events = client.Secrets.Watch(All, Limit).GetAsyncEnumerator(Limit);
        ((WatchEvent<Secret>.Listed)await events.First(_ => true)).Items.Count.ShouldBe(2);
        var next = events.First(one => one is WatchEvent<Secret>.Listed);
        await Server.Interrupt(async () =>
        {
            await Task.Yield();
            Server.Compact();
        });
        await client.Secrets.Delete("default", "goes", new DeleteOptions(), Limit);
        Server.Compact();
        Server.EndWatches();
        var listed = (WatchEvent<Secret>.Listed)await next;
        while (listed.Items.Count > 1)
            listed = (WatchEvent<Secret>.Listed)await events.First(one => one is WatchEvent<Secret>.Listed);
        listed.Items.Single().Metadata.Name.ShouldBe("stays");
    }

    [Fact]
    public async Task A_bookmark_moves_the_place_to_resume_from()
    {
        using var client = Client();
        await using var events = client.Secrets.Watch(All, Limit).GetAsyncEnumerator(Limit);
        await events.First(one => one is WatchEvent<Secret>.Listed);
        var next = events.First(one => one is WatchEvent<Secret>.Bookmark);
        await Wait.Until(() => Task.FromResult(Asked(Watching)), asked => asked > 0, "the watch");
        await client.Services.Create(new Service { Metadata = new ObjectMeta { Name = "web", Namespace = "default" }, Spec = new ServiceSpec() }, Limit);
        Server.Compact();
        while (!next.IsCompleted)
        {
            Server.SendBookmarks();
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Limit));
        }
        await next;
        var changed = events.First(one => one is not WatchEvent<Secret>.Bookmark);
        Server.EndWatches();
        await client.Secrets.Create(Secret("after"), Limit);
        (await changed).ShouldBeOfType<WatchEvent<Secret>.Changed>();
        Asked(Listing).ShouldBe(1); // without the bookmark the version before would have been forgotten
    }

    [Fact]
    public async Task A_list_whose_pages_are_forgotten_begins_again()
    {
        using var client = Client(new KubernetesClientOptions { PageSize = 2, RetryDelay = TimeSpan.FromMilliseconds(5) });
        for (var i = 0; i < 5; i++)
            await client.Secrets.Create(Secret($"s-{i}"), Limit);
        var first = await client.Secrets.Page(All, 2, from: null, Limit);
        Server.Compact();
        await Should.ThrowAsync<KubernetesGoneException>(() => client.Secrets.Page(All, 2, first.Metadata.Continue, Limit));
        await using var events = client.Secrets.Watch(All, Limit).GetAsyncEnumerator(Limit);
        ((WatchEvent<Secret>.Listed)await events.First(_ => true)).Items.Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_watch_bridges_a_short_absence_of_the_server_and_tells_a_long_one()
    {
        using var client = Client(Patient);
        await using var events = client.Secrets.Watch(All, Limit).GetAsyncEnumerator(Limit);
        await events.First(one => one is WatchEvent<Secret>.Listed);
        var next = events.First(_ => true);
        await Server.Interrupt(() => Task.CompletedTask);
        await client.Secrets.Create(Secret("after"), Limit);
        (await next).ShouldBeOfType<WatchEvent<Secret>.Changed>().Item.Metadata.Name.ShouldBe("after");
        Asked(Listing).ShouldBe(1);

        next = events.First(_ => true);
        await Server.Interrupt(async () => await Should.ThrowAsync<KubernetesUnreachableException>(() => next));
    }

    [Fact]
    public async Task A_watch_ends_when_it_is_cancelled()
    {
        using var client = Client();
        using var stop = new CancellationTokenSource();
        await using var events = client.Secrets.Watch(All, stop.Token).GetAsyncEnumerator(stop.Token);
        await events.First(one => one is WatchEvent<Secret>.Listed);
        var next = events.MoveNextAsync().AsTask();
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => next);
    }
}
