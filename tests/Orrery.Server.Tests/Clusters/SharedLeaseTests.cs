using System.Data.Common;
using Microsoft.Extensions.Logging.Abstractions;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Hosting;
using Orrery.Server.Storage;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters;

/// <summary>When a lease is had, and when it is over; 6 s, renewed every 2 s.</summary>
public sealed class SharedLeaseTests : IAsyncDisposable
{
    private readonly TestClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly Answers database = new();
    private int gained;

    [Fact]
    public async Task It_is_had_as_soon_as_the_database_gives_it_and_lost_when_it_does_not()
    {
        var lease = Lease();
        database.Given = 0;
        var keeping = lease.Keep(() => gained++, TestContext.Current.CancellationToken);
        (lease.Acts, gained).ShouldBe((false, 0));
        database.Given = 1;
        await Tick(() => lease.Acts);
        gained.ShouldBe(1);
        await Tick(() => database.Asked == 3);
        (lease.Acts, gained).ShouldBe((true, 1));
        database.Given = 0;
        await Tick(() => keeping.IsCompleted);
        lease.Acts.ShouldBeFalse();
        gained.ShouldBe(1);
    }

    [Fact]
    public async Task Without_an_answer_it_ends_by_its_holders_own_clock()
    {
        var lease = Lease();
        var keeping = lease.Keep(() => gained++, TestContext.Current.CancellationToken);
        lease.Acts.ShouldBeTrue();
        database.Fails = true;
        clock.Advance(TimeSpan.FromSeconds(5.9));
        lease.Acts.ShouldBeTrue();
        clock.Advance(TimeSpan.FromSeconds(0.1));
        lease.Acts.ShouldBeFalse();
        await Tick(() => keeping.IsCompleted);
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_no_lease()
    {
        var lease = Lease();
        var keeping = lease.Keep(() => gained++, TestContext.Current.CancellationToken);
        database.Stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Advance(TimeSpan.FromSeconds(2));
        await Tick(() => database.Asked == 2, moves: false);
        clock.Advance(TimeSpan.FromSeconds(20)); // another may have had it, and be gone
        database.Stall.SetResult();
        await Tick(() => keeping.IsCompleted, moves: false);
        gained.ShouldBe(1);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private SharedLease Lease() => new("k8s", "me", database, new ReconcileOptions(), clock, NullLogger.Instance);

    private async Task Tick(Func<bool> holds, bool moves = true)
    {
        for (var i = 0; !holds(); i++)
        {
            i.ShouldBeLessThan(1000);
            if (moves)
                clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A database that has one number for an answer.</summary>
    private sealed class Answers : IDatabase
    {
        private int asked;

        public int Given { get; set; } = 1;

        public bool Fails { get; set; }

        public TaskCompletionSource? Stall { get; set; }

        public int Asked => Volatile.Read(ref asked);

        public SqlDialect Dialect => SqlDialect.Postgres;

        public bool IsFull => false;

        public async Task<T> Write<T>(Func<DbWork, Task<T>> work, CancellationToken ct)
        {
            Interlocked.Increment(ref asked);
            if (Stall is { } stall)
                await stall.Task;
            return Fails ? throw new IOException("away") : (T)(object)Given;
        }

        public Task<T> Read<T>(Func<DbConnection, Task<T>> work, CancellationToken ct) => throw new NotSupportedException();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
