using FsCheck;
using FsCheck.Fluent;
using Orrery.Planning.Routing.Contacts;

namespace Orrery.Planning.Tests.Routing;

public sealed class EarliestArrivalTests
{
    private const double Rounding = 1e-9;

    [Fact]
    public void The_arrival_is_the_least_of_all_ways() => Prop.ForAll(
        RandomGraphs.DelayedGraphs.ToArbitrary(), Gen.Choose(0, 6).ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (graph, ready, mb) =>
        {
            var route = new EarliestArrival(graph).Route(0, 1, ready, mb);
            var least = Ways(graph, 0, 1, ready, mb, [0]);
            if (double.IsInfinity(least))
                route.ShouldBeNull();
            else
                route!.Arrival.ShouldBe(least, 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_booked_graph_is_routed_as_the_graph_that_is_left() => Prop.ForAll(
        RandomGraphs.Graphs.ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (graph, mb) =>
        {
            var left = new ContactGraph(graph.Nodes, [.. graph.Contacts.Select((c, i) => c with { Rate = graph.Free(i) })]);
            new EarliestArrival(graph).Route(0, 1, 0, mb)?.Arrival.ShouldBe(Ways(left, 0, 1, 0, mb, [0]), 1e-9);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Hops_follow_each_other_and_divided_data_is_never_later() => Prop.ForAll(
        RandomGraphs.Graphs.ToArbitrary(), Gen.Choose(1, 30).ToArbitrary(), (graph, mb) =>
        {
            if (new EarliestArrival(graph).Route(0, 1, 0, mb) is not { } route)
                return;
            var (at, time) = (0, 0.0);
            foreach (var hop in route.Hops)
            {
                (hop.From, hop.Ready).ShouldBe((at, time));
                hop.Sent.ShouldBeGreaterThanOrEqualTo(hop.Ready);
                (at, time) = (hop.To, hop.Arrival);
            }

            (at, time).ShouldBe((1, route.Arrival));
            QuickestFlow.Find(graph, 0, 1, 0, mb)!.Complete.ShouldBeLessThanOrEqualTo(route.Arrival + 1e-6);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_bundle_waits_for_the_next_pass_and_goes_on_there()
    {
        var graph = new ContactGraph(3, [new(0, 2, [new(0, 2, 1), new(10, 20, 1)], 0.5), new(2, 1, [new(0, 100, 10)], 0.25)]);
        var route = new EarliestArrival(graph).Route(0, 1, 0, 5)!;
        route.Hops[0].ShouldBe(new(0, 2, 0, 13, 13.5));
        route.Arrival.ShouldBe(13.5 + 0.5 + 0.25, 1e-9);
    }

    /// <summary>Every way without a node twice, each hop sent in small constant parts from whole second to whole second.</summary>
    private static double Ways(ContactGraph graph, int node, int to, double time, double mb, HashSet<int> visited)
    {
        if (node == to)
            return time;
        var least = double.PositiveInfinity;
        foreach (var next in graph.Contacts.Where(c => c.From == node && !visited.Contains(c.To) && c.Rate.Count > 0).Select(c => c.To).Distinct())
        {
            var contacts = graph.Contacts.Where(c => c.From == node && c.To == next && c.Rate.Any(p => p.MbPerS > 0)).ToList();
            var sent = contacts.Count == 0 ? double.PositiveInfinity : Sent(contacts, time, mb);
            if (double.IsFinite(sent))
                least = Math.Min(least, Ways(graph, next, to, sent + contacts.Max(c => c.DelayS), mb, [.. visited, next]));
        }

        return least;
    }

    private static double Sent(List<GraphContact> contacts, double time, double mb)
    {
        while (time < 10 * RandomGraphs.Seconds)
        {
            var end = Math.Floor(time) + 1;
            var rate = contacts.SelectMany(c => c.Rate).Where(p => p.Start <= time && p.End >= end).Sum(p => p.MbPerS);
            if (rate > 0 && mb <= (rate * (end - time)) + Rounding) // a contact that is just large enough is large enough
                return time + (mb / rate);
            mb -= rate * (end - time);
            time = end;
        }

        return double.PositiveInfinity;
    }
}
