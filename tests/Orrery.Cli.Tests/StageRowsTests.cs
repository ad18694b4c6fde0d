using Orrery.Cli.Watching;
using Orrery.Contracts.Workloads;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class StageRowsTests
{
    [Fact]
    public void A_few_stages_are_all_shown()
    {
        var stages = Stages("done", "running", "pending");
        StageRows.Select(stages).ShouldBe(stages);
        StageRows.Summary(stages).ShouldBeNull();
    }

    [Fact]
    public void Of_many_stages_those_at_work_are_shown_in_their_order()
    {
        var stages = Stages([.. Enumerable.Repeat("done", 20), "running", .. Enumerable.Repeat("pending", 18), "failed"]);
        var shown = StageRows.Select(stages).Select(s => s.Index).ToList();
        shown.Count.ShouldBe(16);
        shown.ShouldBe(shown.Order());
        shown.ShouldContain(20);
        shown.ShouldContain(39);
        shown.ShouldAllBe(index => index >= 20);
        StageRows.Summary(stages).ShouldBe("40 stages: 20 done, 1 running, 18 pending, 1 failed");
    }

    private static List<StageView> Stages(params string[] statuses) => [.. statuses.Select((status, index) => new StageView
    {
        Index = index,
        Status = status,
        Role = "shard",
        Attempt = 1,
        Round = 0,
        Location = "orbit",
    })];
}
