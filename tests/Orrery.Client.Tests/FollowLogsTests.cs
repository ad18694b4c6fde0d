using System.Net;
using System.Text;
using System.Text.Json;
using Orrery.Client.Clusters;
using Orrery.Contracts.Clusters;
using Shouldly;
using Xunit;

namespace Orrery.Client.Tests;

public sealed class FollowLogsTests
{
    [Fact]
    public async Task A_broken_stream_is_taken_up_behind_its_last_line()
    {
        var server = new FakeServer()
            .Streams(new BrokenStream(Frame(0, "a") + ": keep-alive\n\n" + Frame(2, "")))
            .Streams(Whole(Frame(2, "") + Frame(3, "b: c")))
            .Answers(HttpStatusCode.OK, Workload("Succeeded"))
            .Streams(Whole(""))
            .Answers(HttpStatusCode.OK, Workload("Succeeded"));
        (await Follow(server)).ShouldBe(["a", "", "b: c"]);
        server.Calls.Select(c => c.Header("Last-Event-ID")).ShouldBe([null, "2", null, "3", null]);
        server.Calls[0].Address.ShouldEndWith("/api/v1/workloads/w/pods/w-1-0/logs?tailLines=5&follow=true");
        server.Calls[1].Address.ShouldEndWith("/logs?follow=true");
    }

    [Fact]
    public async Task A_server_that_stops_while_the_pod_ends_loses_no_line()
    {
        var server = new FakeServer()
            .Streams(Whole(Frame(0, "a")))
            .Answers(HttpStatusCode.OK, Workload("Failed"))
            .Streams(Whole(Frame(2, "last words")))
            .Answers(HttpStatusCode.OK, Workload("Failed"))
            .Streams(Whole(""))
            .Answers(HttpStatusCode.OK, Workload("Failed"));
        (await Follow(server)).ShouldBe(["a", "last words"]);
    }

    [Fact]
    public async Task A_silent_pod_that_runs_is_followed_on()
    {
        var server = new FakeServer()
            .Streams(Whole(""))
            .Answers(HttpStatusCode.OK, Workload("Running"))
            .Streams(Whole(Frame(0, "a")))
            .Answers(HttpStatusCode.NotFound, """{"errorCode":"WorkloadNotFound","errorMessage":"gone"}""");
        (await Follow(server)).ShouldBe(["a"]);
    }

    [Fact]
    public async Task An_unknown_pod_is_an_error_at_once()
    {
        var server = new FakeServer().Answers(HttpStatusCode.NotFound, """{"errorCode":"PodNotFound","errorMessage":"No such pod."}""");
        (await Should.ThrowAsync<OrreryApiException>(() => Follow(server))).Code.ShouldBe("PodNotFound");
    }

    private static async Task<List<string>> Follow(FakeServer server)
    {
        using var client = server.Client();
        var lines = new List<string>();
        var query = new LogQuery { TailLines = 5 };
        await foreach (var line in client.Clusters.Pods.FollowLogs("w", "w-1-0", query, TestContext.Current.CancellationToken))
            lines.Add(line.Text);
        return lines;
    }

    private static string Frame(int offset, string text) => $"id: {offset}\ndata: {text}\n\n";

    private static string Workload(string podPhase) => JsonSerializer.Serialize(
        new ClusterWorkloadView { WorkloadId = "w", Phase = "Running", Pods = [new PodView { PodId = "w-1-0", Phase = podPhase }] },
        ClusterJson.Default.ClusterWorkloadView);

    private static MemoryStream Whole(string text) => new(Encoding.UTF8.GetBytes(text));
}
