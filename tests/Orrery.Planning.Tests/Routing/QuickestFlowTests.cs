using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Routing.Contacts;

namespace Orrery.Planning.Tests.Routing;

public sealed class QuickestFlowTests
{
    private const double Tolerance = 1e-4;

    [Fact]
    public void The_end_is_in_the_first_second_by_whose_end_a_flow_second_by_second_has_arrived() => Prop.ForAll(
        RandomGraphs.Graphs.ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (graph, ready, mb) =>
        {
            var plan = QuickestFlow.Find(graph, 0, 1, ready, mb);
            var seconds = SecondBySecond.First(graph, 0, 1, ready, mb);
            (plan is null).ShouldBe(seconds is null);
            if (plan is null)
                return;
            plan.Complete.ShouldBeLessThanOrEqualTo(seconds!.Value + Tolerance);
            plan.Complete.ShouldBeGreaterThan(seconds.Value - 1 - Tolerance);
            SecondBySecond.Volume(graph, 0, 1, ready, plan.Complete - 0.01).ShouldBeLessThan(mb);
            SecondBySecond.Volume(graph, 0, 1, ready, plan.Complete + 1e-5).ShouldBeGreaterThan(mb - Tolerance);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void The_legs_carry_the_volume_and_no_node_sends_what_it_does_not_have() => Prop.ForAll(
        RandomGraphs.Graphs.ToArbitrary(), Gen.Choose(1, 60).ToArbitrary(), (graph, mb) =>
        {
            if (QuickestFlow.Find(graph, 0, 1, 0, mb) is not { } plan)
                return;
            double Net(int node, double until) => plan.Legs.Where(leg => leg.End <= until + 1e-9)
                .Sum(leg => (graph.Contacts[leg.Contact].To == node ? leg.Mb : 0) - (graph.Contacts[leg.Contact].From == node ? leg.Mb : 0));
            Net(1, plan.Complete).ShouldBe(mb, Tolerance);
            foreach (var end in plan.Legs.Select(leg => leg.End).Distinct())
            {
                Net(0, end).ShouldBeGreaterThanOrEqualTo(-mb - Tolerance);
                for (var node = 1; node < graph.Nodes; node++)
                    Net(node, end).ShouldBeGreaterThanOrEqualTo(-Tolerance);
            }

            Should.NotThrow(() => graph.Book(plan.Legs.Select(leg => leg.Booking)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void What_one_plan_booked_another_does_not_get()
    {
        var graph = new ContactGraph(2, [new(0, 1, [new(0, 10, 1)])]);
        var first = QuickestFlow.Find(graph, 0, 1, 0, 4)!;
        first.Complete.ShouldBe(4, Tolerance);
        QuickestFlow.Find(graph.Book(first.Legs.Select(leg => leg.Booking)), 0, 1, 0, 4)!.Complete.ShouldBe(8, Tolerance);
        QuickestFlow.Find(graph.Book(first.Legs.Select(leg => leg.Booking)), 0, 1, 0, 7).ShouldBeNull();
    }

    [Fact]
    public void A_volume_is_divided_over_two_ways_and_two_passes()
    {
        var graph = new ContactGraph(3, [new(0, 1, [new(0, 5, 1), new(20, 30, 1)], 0.01), new(0, 2, [new(0, 4, 2)]), new(2, 1, [new(6, 8, 2)], 0.02)]);
        var plan = QuickestFlow.Find(graph, 0, 1, 0, 10)!;
        plan.Complete.ShouldBe(21, Tolerance);
        plan.DelayS.ShouldBe(0.03, 1e-12);
    }

    [Fact]
    public void More_than_the_whole_rate_cannot_be_booked()
    {
        var graph = new ContactGraph(2, [new(0, 1, [new(0, 10, 1)])], [new(0, 2, 4, 0.5)]);
        Should.Throw<ArgumentException>(() => graph.Book([new(0, 3, 5, 0.6)]));
        graph.Book([new(0, 4, 5, 0.6)]).Free(0).Sum(p => (p.End - p.Start) * p.MbPerS).ShouldBe(10 - 1 - 0.6, 1e-9);
    }

    [Fact]
    public void Contacts_and_bookings_that_name_nothing_are_refused()
    {
        Should.Throw<ArgumentException>(() => new ContactGraph(2, [new(0, 2, [])]));
        Should.Throw<ArgumentException>(() => new ContactGraph(2, [], [new(0, 0, 1)]));
    }
}
