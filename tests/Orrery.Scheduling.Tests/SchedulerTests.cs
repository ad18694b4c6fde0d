namespace Orrery.Scheduling.Tests;

public class SchedulerTests
{
    private const long Gi = 1L << 30;

    private static readonly DateTimeOffset Zero = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly ClusterScheduler scheduler = new(new());

    public SchedulerTests() => scheduler.SetWorkspace(new() { Id = "w" });

    [Fact]
    public void The_reasons_carry_the_numbers()
    {
        Node("n1", 4, 32);
        scheduler.SetNode(new() { Name = "off", Capacity = new(1000, Gi, 0), Taints = ["maintenance"] });
        Submit("runs", 2, 2);
        scheduler.Pass(Zero);
        scheduler.Submit(New("big", 4, 8) with { Labels = new Dictionary<string, string> { ["zone"] = "b" } });
        scheduler.Submit(New("tainted", 1, 1) with { SpecifiedNodes = ["off"] });
        scheduler.Submit(New("missing", 1, 1) with { SpecifiedNodes = ["n9"] });
        scheduler.Submit(New("gang", 2, 8) with { Replicas = 2 });
        scheduler.Submit(New("huge", 64, 8));
        scheduler.Submit(New("later", 1, 1) with { NotBefore = Zero.AddHours(1) });
        scheduler.Submit(New("after", 1, 1) with { DependsOn = ["runs"] });
        var result = scheduler.Pass(Zero);
        result.NextWake.ShouldBe(Zero.AddHours(1));
        Reason("big").ShouldBe("labels: no node that takes jobs has the labels zone=b");
        Reason("tainted").ShouldBe("nodes: node off is tainted: maintenance");
        Reason("missing").ShouldBe("nodes: node n9 is not there");
        Reason("gang").ShouldBe("resources: needs 2 × (2 cpu, 8Gi memory); node n1 has 2 cpu, 30Gi memory free; room for 1 of 2");
        Reason("huge").ShouldBe("cluster: can never start: needs 64 cpu, 8Gi memory; with nothing else running the nodes hold 0 of 1");
        Reason("later").ShouldBe("schedule: is to start at 2026-01-01T01:00:00Z");
        Reason("after").ShouldBe("dependencies: waits for runs to succeed");
        scheduler.Order("later").ShouldBe(0);
        scheduler.Requeue("runs", New("runs", 2, 2) with { NotBefore = Zero.AddSeconds(4) });
        Reason("runs").ShouldBe("backoff: waits until 2026-01-01T00:00:04Z before it runs again");
    }

    [Fact]
    public void A_quota_is_explained_with_what_is_borrowed_and_idle()
    {
        Node("n1", 100, 100);
        Group(("a", 4, 2), ("b", 4, 2));
        Submit("one", 5, 1, "a");
        Submit("two", 2, 1, "a");
        scheduler.Pass(Zero);
        Reason("two").ShouldBe("quota: needs 2 cpu; the workspace uses 5 of its quota of 4, has borrowed 1 and may borrow at most 2; its group has 3 idle");
    }

    [Fact]
    public void Known_timeouts_tell_the_expected_start_and_let_short_jobs_pass()
    {
        Node("n1", 4, 32);
        scheduler.Submit(New("runs", 3, 1) with { Timeout = TimeSpan.FromMinutes(10) });
        scheduler.Pass(Zero);
        scheduler.Submit(New("head", 4, 1) with { Priority = 1 });
        scheduler.Submit(New("long", 1, 1) with { Timeout = TimeSpan.FromMinutes(20) });
        scheduler.Submit(New("short", 1, 1) with { Timeout = TimeSpan.FromMinutes(10) });
        scheduler.Pass(Zero).Admissions.Select(admission => admission.JobId).ShouldBe(["short"]);
        scheduler.Explain("head", Zero).ExpectedStart.ShouldBe(Zero.AddMinutes(10));
    }

    [Fact]
    public void Where_no_end_is_known_a_head_is_overtaken_only_for_so_long()
    {
        Node("n1", 4, 32);
        Submit("runs", 2, 1);
        scheduler.Pass(Zero);
        scheduler.Submit(New("head", 4, 1) with { Priority = 1 });
        Submit("early", 1, 1);
        scheduler.Pass(Zero).Admissions.Select(admission => admission.JobId).ShouldBe(["early"]);
        Submit("late", 1, 1);
        scheduler.Pass(Zero.AddSeconds(60)).Admissions.ShouldBeEmpty();
        scheduler.Explain("late", Zero.AddSeconds(60)).Message.ShouldBe("would fit, but must not delay head, which comes first");
        scheduler.Release("runs", true);
        scheduler.Release("early", true);
        scheduler.Pass(Zero.AddSeconds(61)).Admissions.Select(admission => admission.JobId).ShouldBe(["head"]);
    }

    [Fact]
    public void Nothing_is_kept_free_in_the_hope_that_a_service_ends()
    {
        Node("n1", 4, 32);
        scheduler.Submit(New("service", 2, 1) with { Endless = true });
        scheduler.Pass(Zero);
        scheduler.Submit(New("head", 4, 1) with { Priority = 1 });
        scheduler.Pass(Zero);
        Submit("late", 1, 1);
        scheduler.Pass(Zero.AddMinutes(5)).Admissions.Select(admission => admission.JobId).ShouldBe(["late"]);
        scheduler.Release("late", true);
        scheduler.Release("service", true);
        scheduler.Pass(Zero.AddMinutes(6)).Admissions.Select(admission => admission.JobId).ShouldBe(["head"]);
    }

    [Fact]
    public void Quota_that_services_hold_is_not_waited_for_either()
    {
        Node("n1", 100, 100);
        Group(("a", 4, 0), ("b", 4, 0));
        scheduler.Submit(New("service", 2, 1, "a") with { Endless = true });
        scheduler.Pass(Zero);
        Submit("head", 3, 1, "a");
        scheduler.Pass(Zero);
        Submit("late", 2, 1, "a");
        scheduler.Pass(Zero.AddMinutes(5)).Admissions.Select(admission => admission.JobId).ShouldBe(["late"]);
    }

    [Fact]
    public void The_node_that_drains_is_one_whose_jobs_end()
    {
        Node("n1", 4, 32);
        Node("n2", 4, 32);
        scheduler.Submit(New("service", 2, 1) with { Endless = true, SpecifiedNodes = ["n1"] });
        scheduler.Submit(New("ends", 3, 1) with { SpecifiedNodes = ["n2"] });
        scheduler.Pass(Zero);
        scheduler.Submit(New("head", 4, 1) with { Priority = 1 });
        scheduler.Pass(Zero);
        Submit("beside", 2, 1);
        Submit("late", 1, 1);
        var pass = scheduler.Pass(Zero.AddMinutes(5));
        pass.Admissions.Select(admission => (admission.JobId, admission.Nodes[0])).ShouldBe([("beside", "n1")]);
        scheduler.Release("ends", true);
        scheduler.Pass(Zero.AddMinutes(6)).Admissions.Select(admission => admission.JobId).ShouldBe(["head"]);
    }

    [Fact]
    public void A_lender_gets_its_quota_back_from_the_newest_borrower()
    {
        Node("n1", 100, 100);
        Group(("a", 4, 100), ("b", 4, 100));
        foreach (var (id, at) in new[] { ("old", 0), ("mid", 1), ("new", 2) })
        {
            Submit(id, id == "old" ? 4 : 2, 1, "a");
            scheduler.Pass(Zero.AddSeconds(at));
        }
        Submit("own", 2, 1, "b");
        var waiting = scheduler.Pass(Zero.AddSeconds(10));
        waiting.Preemptions.ShouldBeEmpty();
        waiting.NextWake.ShouldBe(Zero.AddSeconds(70));
        scheduler.Pass(Zero.AddSeconds(70)).Preemptions.Select(preemption => (preemption.VictimId, preemption.ForJobId)).ShouldBe([("new", "own")]);
        scheduler.Pass(Zero.AddSeconds(71)).Preemptions.ShouldBeEmpty("the room of the victim is claimed");
        scheduler.Requeue("new", New("new", 2, 1, "a"));
        scheduler.Pass(Zero.AddSeconds(72)).Admissions.Select(admission => admission.JobId).ShouldBe(["own"]);
    }

    [Fact]
    public void A_failed_dependency_fails_its_dependents_through_and_through()
    {
        Node("n1", 4, 32);
        Submit("first", 1, 1);
        scheduler.Submit(New("third", 1, 1) with { DependsOn = ["second"] });
        scheduler.Submit(New("second", 1, 1) with { DependsOn = ["first"] });
        scheduler.Pass(Zero);
        scheduler.Release("first", false);
        scheduler.Pass(Zero).DependencyFailures.ShouldBe([new("second", "first"), new("third", "second")]);
        scheduler.Release("second", false);
        scheduler.Pass(Zero).DependencyFailures.ShouldBeEmpty();
    }

    [Fact]
    public void Small_jobs_fill_the_fuller_node_and_stay_off_cards()
    {
        Node("a-gpu", 8, 32, gpus: 4);
        Node("b", 8, 32);
        Node("c", 4, 32);
        Submit("small", 1, 1);
        scheduler.Pass(Zero).Admissions.Single().Nodes.ShouldBe(["c"]);
        Submit("large", 8, 1);
        scheduler.Pass(Zero).Admissions.Single().Nodes.ShouldBe(["b"]);
        Submit("third", 4, 1);
        scheduler.Pass(Zero).Admissions.Single().Nodes.ShouldBe(["a-gpu"]);
    }

    [Fact]
    public void A_resize_keeps_ranks_where_they_fit()
    {
        Node("n1", 4, 32);
        Node("n2", 4, 32);
        scheduler.Submit(New("job", 2, 1) with { Replicas = 2 });
        scheduler.Pass(Zero).Admissions.Single().Nodes.ShouldBe(["n1", "n1"]);
        scheduler.Resize("job", 3, new(2000, Gi, 0)).ShouldBe(["n1", "n1", "n2"]);
        scheduler.Resize("job", 2, new(3000, Gi, 0)).ShouldBe(["n1", "n2"]);
        scheduler.Resize("job", 3, new(3000, Gi, 0)).ShouldBeNull();
        scheduler.Nodes.Select(node => node.Free.CpuMillis).ShouldBe([1000, 1000]);
        scheduler.Use("w").Used.CpuMillis.ShouldBe(6000);
    }

    [Fact]
    public void What_runs_is_restored_even_where_it_no_longer_fits()
    {
        Node("n1", 1, 1);
        scheduler.Restore(New("job", 2, 2) with { Replicas = 2 }, ["n1", "gone"], Zero);
        scheduler.Nodes.Single().Free.CpuMillis.ShouldBe(-1000);
        Submit("next", 1, 1);
        scheduler.Pass(Zero).Admissions.ShouldBeEmpty();
        scheduler.Release("job", true);
        scheduler.Pass(Zero).Admissions.Single().Nodes.ShouldBe(["n1"]);
    }

    private static Job New(string id, int cores, int memoryGi, string workspace = "w") =>
        new() { Id = id, WorkspaceId = workspace, CreatedAt = Zero, Request = new(cores * 1000L, memoryGi * Gi, 0) };

    private void Submit(string id, int cores, int memoryGi, string workspace = "w") => scheduler.Submit(New(id, cores, memoryGi, workspace));

    private void Node(string name, int cores, int memoryGi, int gpus = 0) =>
        scheduler.SetNode(new() { Name = name, Capacity = new(cores * 1000L, memoryGi * Gi, gpus) });

    private void Group(params (string Id, int Cores, int Borrows)[] members)
    {
        foreach (var (id, cores, borrows) in members)
            scheduler.SetWorkspace(new() { Id = id, Group = "g", Quota = new(cores * 1000L, null, null), BorrowingLimit = new(borrows * 1000L, null, null) });
    }

    private string Reason(string id)
    {
        var explanation = scheduler.Explain(id, Zero);
        return $"{explanation.Code}: {explanation.Message}";
    }
}
