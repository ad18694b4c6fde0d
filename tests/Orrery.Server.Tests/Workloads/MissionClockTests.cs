using Orrery.Server.Workloads;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Workloads;

public class MissionClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 10, 6, 21, 0, 0, TimeSpan.Zero);
    private readonly TestClock wall = new(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Idle_stretches_are_leaped_over()
    {
        var clock = new MissionClock(wall, 100, Start);
        await clock.WaitUntil(Start.AddHours(5), CancellationToken.None);
        clock.Now.ShouldBe(Start.AddHours(5));
    }

    [Fact]
    public async Task Work_takes_wall_time_divided_by_the_speed()
    {
        var clock = new MissionClock(wall, 100, Start);
        var work = clock.Worker(Start).Work(TimeSpan.FromSeconds(50), CancellationToken.None);
        wall.Advance(TimeSpan.FromMilliseconds(250));
        work.IsCompleted.ShouldBeFalse();
        clock.Now.ShouldBe(Start.AddSeconds(25));
        wall.Advance(TimeSpan.FromMilliseconds(250));
        await work;
        clock.Now.ShouldBe(Start.AddSeconds(50));
    }

    [Fact]
    public async Task The_time_after_work_is_exact_however_late_the_wall_timer_fires()
    {
        var clock = new MissionClock(wall, 100_000, Start);
        var work = clock.Worker(Start).Work(TimeSpan.FromSeconds(50), CancellationToken.None);
        wall.Advance(TimeSpan.FromMilliseconds(40));
        await work;
        clock.Now.ShouldBe(Start.AddSeconds(50));
    }

    [Fact]
    public async Task Who_waits_does_not_leap_while_another_works()
    {
        var clock = new MissionClock(wall, 10, Start);
        var work = clock.Worker(Start).Work(TimeSpan.FromSeconds(20), CancellationToken.None);
        var waits = clock.WaitUntil(Start.AddHours(1), CancellationToken.None);
        wall.Advance(TimeSpan.FromSeconds(1));
        waits.IsCompleted.ShouldBeFalse();
        wall.Advance(TimeSpan.FromSeconds(1));
        await work;
        await waits;
        clock.Now.ShouldBe(Start.AddHours(1));
    }

    [Fact]
    public async Task Those_who_work_side_by_side_each_keep_their_own_exact_time()
    {
        var clock = new MissionClock(wall, 100_000, Start);
        var (one, two) = (clock.Worker(Start), clock.Worker(Start.AddSeconds(5)));
        var works = Task.WhenAll(one.Work(TimeSpan.FromSeconds(300), CancellationToken.None), two.Work(TimeSpan.FromSeconds(40), CancellationToken.None));
        wall.Advance(TimeSpan.FromMilliseconds(40)); // the timers are far behind
        await works;
        one.Now.ShouldBe(Start.AddSeconds(300));
        two.Now.ShouldBe(Start.AddSeconds(45));
        await two.WaitUntil(Start.AddSeconds(100), CancellationToken.None);
        two.Now.ShouldBe(Start.AddSeconds(100), "the universe is further, but not this satellite");
    }

    [Fact]
    public async Task Who_goes_on_later_than_the_universe_has_come_works_its_own_time_only()
    {
        var clock = new MissionClock(wall, 10, Start);
        var worker = clock.Worker(Start.AddHours(1)); // its last event was durable, the end of its stage was not
        var work = worker.Work(TimeSpan.FromSeconds(20), CancellationToken.None);
        wall.Advance(TimeSpan.FromSeconds(2));
        await work.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
        worker.Now.ShouldBe(Start.AddHours(1).AddSeconds(20));
    }
}
