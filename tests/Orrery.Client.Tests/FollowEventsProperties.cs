using System.Net;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class FollowEventsProperties
{
    /// <summary>However often the connection breaks, and however much each one repeats, every event is seen once and in order.</summary>
    [Fact]
    public void No_break_loses_or_repeats_an_event()
    {
        var connections = Gen.Zip(Gen.Choose(0, 4), Gen.Choose(0, 3)).NonEmptyListOf();
        Prop.ForAll(connections.ToArbitrary(), parts =>
        {
            var (server, last) = Script([.. parts]);
            Follow(server).GetAwaiter().GetResult().ShouldBe(Enumerable.Range(1, last).Select(n => (long)n));
        }).QuickCheckThrowOnFailure();
    }

    private static (FakeServer Server, int Last) Script(List<(int News, int Repeats)> parts)
    {
        var server = new FakeServer();
        var seq = 0;
        foreach (var (news, repeats) in parts)
        {
            var first = Math.Max(1, seq - repeats + 1);
            seq += news;
            server.Streams(new BrokenStream(string.Concat(Enumerable.Range(first, seq - first + 1).Select(n => Frame(n)))));
        }
        seq++;
        server.Streams(new MemoryStream(Encoding.UTF8.GetBytes(Frame(seq, "done"))));
        server.Answers(HttpStatusCode.OK, $$"""{"id":"wl_1","events":[],"last_seq":{{seq}},"has_more":false}""");
        return (server, seq);
    }

    private static async Task<List<long>> Follow(FakeServer server)
    {
        using var client = server.Client();
        return await client.Workloads.FollowEvents("wl_1", cancellation: TestContext.Current.CancellationToken).Select(e => e.Seq)
            .ToListAsync(TestContext.Current.CancellationToken);
    }

    private static string Frame(int seq, string phase = "dispatching") => "data: " + $$$"""
        {"id":"evt-{{{seq}}}","event_type":"workload.phase_changed","payload":{"phase":"{{{phase}}}"},"event_timestamp":"2026-03-07T12:00:00Z","created_at":"2026-03-07T12:00:01Z","seq":{{{seq}}},"late":false,"subject":"workload","subject_id":"wl_1","actor":"server"}
        """.Trim() + "\n\n";
}
