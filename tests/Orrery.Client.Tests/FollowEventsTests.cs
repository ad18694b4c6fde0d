using System.Net;
using System.Text;
using System.Text.Json;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class FollowEventsTests
{
    [Fact]
    public async Task A_broken_stream_is_taken_up_where_it_broke_off()
    {
        var server = new FakeServer()
            .Streams(new BrokenStream(Frame(1) + ": keep-alive\n\n" + Frame(2)))
            .Streams(Whole(Frame(2) + Frame(3) + Frame(4, "done")))
            .Answers(HttpStatusCode.OK, """{"id":"wl_1","events":[],"last_seq":4,"has_more":false}""");
        (await Follow(server)).ShouldBe([1, 2, 3, 4]);
        server.Calls.Select(c => c.Header("Last-Event-ID")).ShouldBe(["0", "2", null]);
        server.Calls[0].Header("Accept").ShouldBe("text/event-stream");
    }

    [Fact]
    public async Task What_follows_the_end_is_fetched_too()
    {
        var server = new FakeServer()
            .Streams(Whole(Frame(1, "failed")))
            .Answers(HttpStatusCode.OK, $$"""{"id":"wl_1","events":[{{Event(2)}},{{Event(3)}}],"last_seq":3,"has_more":false}""")
            .Answers(HttpStatusCode.OK, """{"id":"wl_1","events":[],"last_seq":3,"has_more":false}""");
        (await Follow(server)).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task A_server_that_closes_the_stream_of_an_ended_workload_ends_it()
    {
        var server = new FakeServer()
            .Streams(Whole(Frame(1)))
            .Answers(HttpStatusCode.OK, Workload("canceled"))
            .Answers(HttpStatusCode.OK, """{"id":"wl_1","events":[],"last_seq":1,"has_more":false}""");
        (await Follow(server)).ShouldBe([1]);
    }

    [Fact]
    public async Task A_server_that_closes_the_stream_of_a_running_workload_is_called_again()
    {
        var server = new FakeServer()
            .Streams(Whole(Frame(1)))
            .Answers(HttpStatusCode.OK, Workload("dispatching"))
            .Streams(Whole(Frame(2, "done")))
            .Answers(HttpStatusCode.OK, """{"id":"wl_1","events":[],"last_seq":2,"has_more":false}""");
        (await Follow(server)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_server_that_is_gone_for_long_is_waited_for()
    {
        var server = new FakeServer().Streams(new BrokenStream(Frame(1)));
        for (var i = 0; i < 12; i++)
            server.Refuses();
        server.Streams(Whole(Frame(2, "done"))).Answers(HttpStatusCode.OK, """{"id":"wl_1","events":[],"last_seq":2,"has_more":false}""");
        (await Follow(server)).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_unknown_workload_is_an_error_at_once()
    {
        var server = new FakeServer().Answers(HttpStatusCode.NotFound, """{"error":{"code":"not_found","message":"No such workload."}}""");
        (await Should.ThrowAsync<OrreryApiException>(() => Follow(server))).Code.ShouldBe("not_found");
    }

    [Fact]
    public async Task The_caller_ends_it_by_cancelling()
    {
        using var stop = new CancellationTokenSource();
        using var client = new FakeServer().Streams(new OpenStream(Frame(1))).Client();
        var seen = 0;
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (var happened in client.Workloads.FollowEvents("wl_1", cancellation: stop.Token))
            {
                seen++;
                await stop.CancelAsync();
            }
        });
        seen.ShouldBe(1);
    }

    private static async Task<List<long>> Follow(FakeServer server)
    {
        using var client = server.Client();
        var seen = new List<long>();
        await foreach (var happened in client.Workloads.FollowEvents("wl_1", cancellation: TestContext.Current.CancellationToken))
            seen.Add(happened.Seq);
        return seen;
    }

    private static string Frame(int seq, string? phase = null) => $"id: {seq}\nevent: message\ndata: {Event(seq, phase)}\n\n";

    private static string Event(int seq, string? phase = null) => $$$"""
        {"id":"evt-{{{seq}}}","event_type":"{{{(phase is null ? "step.progress" : "workload.phase_changed")}}}","payload":{"phase":"{{{phase}}}"},
        """.Trim() + $$"""
        "event_timestamp":"2026-03-07T12:00:00Z","created_at":"2026-03-07T12:00:01Z","seq":{{seq}},"late":false,"subject":"workload","subject_id":"wl_1","actor":"server"}
        """;

    private static string Workload(string phase) => JsonSerializer.Serialize(
        new WorkloadView
        {
            Id = "wl_1",
            Class = "single",
            Phase = phase,
            WorkflowStatus = "RUNNING",
            Mode = "simulated",
            Spec = new WorkloadRequest(),
            CreatedAt = DateTimeOffset.UnixEpoch,
            StatusUrl = "/v1/workloads/wl_1",
        },
        WireJson.Default.WorkloadView);

    private static MemoryStream Whole(string text) => new(Encoding.UTF8.GetBytes(text));
}
