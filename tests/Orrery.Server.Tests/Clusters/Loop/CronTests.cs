using Orrery.Contracts.Runs;
using Orrery.Server.Clusters;
using Orrery.Server.Clusters.Store;
using Shouldly;
using Xunit;
using static Orrery.Server.Tests.Clusters.Loop.LoopHarness;

namespace Orrery.Server.Tests.Clusters.Loop;

public sealed class CronTests
{
    [Fact]
    public async Task A_template_makes_a_child_each_time_unless_the_last_one_lives()
    {
        await using var loop = await Open();
        var template = await loop.Create(Job() with { Cron = "*/5 * * * *" });
        await loop.Settle();
        (await loop.Children(template)).ShouldBeEmpty();
        loop.Advance(300);
        await loop.Until(template, row => row.NotBefore == Start.AddMinutes(10));
        var first = (await loop.Children(template)).Single();
        (first.CreatedAt, first.Cron, first.NotBefore).ShouldBe((Start.AddMinutes(5), null, null));
        await loop.Runs(first.Id);
        (await loop.Events(first.Id))[0].ShouldBe("cluster_workload.created");

        loop.Advance(300);
        await loop.Until(template, row => row.NotBefore == Start.AddMinutes(15));
        (await loop.Children(template)).Count.ShouldBe(1);
        (await loop.Events(template)).ShouldContain("cluster_workload.firing_skipped");

        loop.Backend.Show(first.Id, RunPhases.Succeeded);
        await loop.UntilPhase(first.Id, ClusterPhase.Succeeded);
        loop.Advance(300);
        await loop.Until(template, row => row.NotBefore == Start.AddMinutes(20));
        var second = (await loop.Children(template))[1];
        await loop.Runs(second.Id);
        var row = await loop.Row(template);
        (row.Phase, row.Run).ShouldBe((ClusterPhase.Pending, 0));

        await loop.End(template, EndingReason.Delete);
        await loop.UntilGone(template);
        loop.Advance(600);
        await loop.Settle();
        (await loop.Children(template)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_template_of_who_was_removed_from_the_workspace_fires_no_more_until_they_are_back()
    {
        await using var loop = await Open();
        await loop.Members(Job().WorkspaceId, "bob");
        var template = await loop.Create(Job() with { Cron = "*/5 * * * *" });
        await loop.Settle();
        loop.Advance(300);
        await loop.Until(template, row => row.NotBefore == Start.AddMinutes(10));
        (await loop.Children(template)).ShouldBeEmpty();
        (await loop.Events(template)).ShouldContain("cluster_workload.firing_skipped");

        await loop.Members(Job().WorkspaceId, "ada");
        loop.Advance(300);
        await loop.Until(template, row => row.NotBefore == Start.AddMinutes(15));
        (await loop.Children(template)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Firings_that_were_missed_while_no_server_ran_are_made_up_by_one()
    {
        await using var loop = await Open();
        var template = await loop.Create(Job() with { Cron = "0 * * * *" });
        await loop.Settle();
        await loop.Halt();
        loop.Advance(3 * 3600 + 60);
        loop.Run();
        await loop.Until(template, row => row.NotBefore == Start.AddHours(4), moving: true);
        (await loop.Children(template)).Count.ShouldBe(1);
    }
}
