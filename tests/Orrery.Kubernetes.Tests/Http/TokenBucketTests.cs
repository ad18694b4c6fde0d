using Orrery.Kubernetes.Http;
using Orrery.Kubernetes.Tests.Support;
using Shouldly;
using Xunit;

namespace Orrery.Kubernetes.Tests.Http;

/// <summary>A burst at once, then so many a second.</summary>
public sealed class TokenBucketTests
{
    private readonly StillClock clock = new();

    [Fact]
    public async Task A_burst_goes_at_once_and_the_rest_waits_its_turn()
    {
        var bucket = new TokenBucket(10, 3, clock);
        var start = clock.GetUtcNow();
        for (var i = 0; i < 3; i++)
            bucket.Take(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
        clock.Waits.ShouldBeEmpty();
        for (var i = 0; i < 20; i++)
            await bucket.Take(CancellationToken.None);
        (clock.GetUtcNow() - start).TotalSeconds.ShouldBe(2, 0.01);
        clock.Advance(TimeSpan.FromHours(1));
        var waits = clock.Waits.Count;
        for (var i = 0; i < 3; i++)
            await bucket.Take(CancellationToken.None);
        clock.Waits.Count.ShouldBe(waits); // rest fills it, but not over the burst
        await bucket.Take(CancellationToken.None);
        clock.Waits.Count.ShouldBe(waits + 1);
    }

    [Fact]
    public async Task Who_gives_up_takes_nothing()
    {
        var bucket = new TokenBucket(0.01, 1, clock);
        await bucket.Take(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var waiting = bucket.Take(stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        clock.Advance(TimeSpan.FromSeconds(101));
        bucket.Take(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public void Without_a_rate_there_is_no_limit()
    {
        var bucket = new TokenBucket(0, 1, clock);
        for (var i = 0; i < 1000; i++)
            bucket.Take(CancellationToken.None).IsCompletedSuccessfully.ShouldBeTrue();
    }
}
