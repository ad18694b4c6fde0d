using static Orrery.EndToEnd.Clusters.ClusterSteps;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Each way a cluster workload can go, with real processes.</summary>
public sealed class LifecycleTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private Api Api => fixture.Ada;

    [Fact]
    public async Task A_failed_run_is_tried_again_until_it_succeeds()
    {
        var id = await Api.Create(Body("test $DISPATCH_COUNT -ge 2 || { echo no; exit 7; }; echo yes", "retried", members: "\"maxRetry\":3"));
        var view = await Api.MustSucceed(id);
        view.Int("dispatchCount").ShouldBe(2);
        view["nodes"]!.AsArray().Count.ShouldBe(2);
        view["ranks"]!.ToJsonString().ShouldBe("""[["0"],["0"]]""");
        view.Pod(0)["containers"]!.AsArray()[0].Int("exitCode").ShouldBe(7);
        view.ConditionTypes().ShouldContain("AdminFailover");
        (await Api.Logs(id, run: 1)).ShouldBe(["no"]);
        (await Api.Logs(id, run: 2)).ShouldBe(["yes"]);
    }

    [Fact]
    public async Task Without_retries_left_it_fails_and_says_which_rank_and_code()
    {
        var id = await Api.Create(Body("exit 3", "fails"));
        var view = await Api.UntilEnd(id);
        view.Str("phase").ShouldBe("Failed");
        view.Str("message").ShouldContain("3");
        view.Pod()["containers"]!.AsArray()[0].Int("exitCode").ShouldBe(3);
    }

    [Fact]
    public async Task One_failing_rank_ends_the_whole_gang()
    {
        var id = await Api.Create(Body("test $RANK = 1 && exit 5; exec sleep 1000", "gang", replicas: 3));
        var view = await Api.UntilEnd(id);
        view.Str("phase").ShouldBe("Failed");
        view["ranks"]!.ToJsonString().ShouldBe("""[["0","1","2"]]""");
        (await Processes.Of(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_timeout_stops_it()
    {
        var id = await Api.Create(Body("exec sleep 1000", "times-out", members: "\"timeout\":1"));
        var view = await Api.UntilEnd(id);
        view.Str("phase").ShouldBe("Stopped");
        view.Str("message").ShouldContain("timed out");
        (await Processes.Of(id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Dependencies_delay_the_start_and_fail_with_their_target()
    {
        var first = await Api.Create(Body("sleep 0.3", "first"));
        var second = await Api.Create(Body("true", "second", members: $"\"dependencies\":[\"{first}\"]"));
        var waiting = await Api.Look(second);
        if (waiting.Str("phase") == "Pending")
            waiting.Str("message").ShouldNotBeEmpty();
        var done = await Api.MustSucceed(second);
        string.CompareOrdinal(done.Str("startTime"), (await Api.Look(first)).Str("endTime")).ShouldBeGreaterThanOrEqualTo(0);

        var bad = await Api.Create(Body("exit 1", "bad"));
        var third = await Api.Create(Body("true", "third", members: $"\"dependencies\":[\"{bad}\"]"));
        var fourth = await Api.Create(Body("true", "fourth", members: $"\"dependencies\":[\"{third}\"]"));
        foreach (var (id, names) in new[] { (third, bad), (fourth, third) })
        {
            var failed = await Api.UntilEnd(id);
            failed.Str("phase").ShouldBe("Failed");
            failed.Str("message").ShouldContain(names);
            failed.Int("dispatchCount").ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_queue_says_who_is_ahead_and_why_with_numbers()
    {
        (await fixture.Server.Admin.Post("/api/v1/workspaces", """{"workspaceId":"narrow","displayName":"Narrow","quota":{"cpu":"2"},"members":["*"]}""")).MustBe(200);
        var running = await Api.Create(Body("exec sleep 1000", "holds", workspace: "narrow", cpu: "2"));
        await Api.UntilPhase(running, "Running");
        var next = await Api.Create(Body("true", "next", workspace: "narrow", cpu: "2"));
        var after = await Api.Create(Body("true", "after", workspace: "narrow", cpu: "2"));
        var view = await Api.Until(after, "a place in the queue", one => one.Int("schedulerOrder") == 2);
        view["wait"]!["ahead"]!.AsArray().Select(id => id!.GetValue<string>()).ShouldBe([next]);
        var head = await Api.Look(next);
        head["wait"].Str("code").ShouldBe("quota");
        head.Str("message").ShouldContain("2");
        var urgent = (await fixture.Server.Admin.Post(Root, Body("true", "urgent", workspace: "narrow", cpu: "2", members: "\"priority\":2"))).MustBe(200).Str("workloadId");
        await Api.Until(next, "its place behind the urgent one", one => one.Int("schedulerOrder") == 2);
        (await Api.Post($"{Root}/{running}/stop")).MustBe(200);
        foreach (var id in new[] { urgent, next, after })
            await Api.MustSucceed(id);
        var starts = new List<string>();
        foreach (var id in new[] { urgent, next, after })
            starts.Add((await Api.Look(id)).Str("startTime"));
        starts.ShouldBe(starts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Labels_nodes_and_taints_decide_where_it_runs()
    {
        (await Api.MustSucceed(await Api.Create(Body("true", "zone-b", members: "\"customerLabels\":{\"zone\":\"b\"}"))))["nodes"]!.ToJsonString().ShouldBe("""[["big-2"]]""");
        var both = await Api.MustSucceed(await Api.Create(Body("true", "both", members: "\"specifiedNodes\":[\"big-2\",\"big-1\"]", replicas: 1)));
        both["resource"].Int("replica").ShouldBe(2);
        both["nodes"]!.AsArray()[0]!.AsArray().Select(node => node!.GetValue<string>()).ShouldBe(["big-2", "big-1"], ignoreOrder: true);
        (await Api.MustSucceed(await Api.Create(Body("true", "tolerant", members: "\"specifiedNodes\":[\"tainted\"],\"isTolerateAll\":true"))))["nodes"]!.ToJsonString().ShouldBe("""[["tainted"]]""");
        var nowhere = await Api.Create(Body("true", "nowhere", members: "\"customerLabels\":{\"zone\":\"moon\"}"));
        var waits = await Api.Until(nowhere, "a reason", one => one["wait"]?["code"]?.GetValue<string>() == "labels");
        waits.Str("message").ShouldContain("zone");
        (await Api.Delete($"{Root}/{nowhere}")).MustBe(200);
    }

    [Fact]
    public async Task A_deployment_serves_restarts_what_dies_and_rolls_without_a_gap()
    {
        var id = await Api.Create(Body(Server("v1"), "web", "Deployment", 2, """
            "readiness":{"path":"/","port":8080,"initialDelaySeconds":1,"periodSeconds":1},"service":{"targetPort":8080,"port":80}
            """));
        var view = await Api.Until(id, "an address", one => one.Str("phase") == "Running" && one["service"]?["address"] is not null);
        var address = view["service"].Str("address");
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        (await http.GetStringAsync($"http://{address}/", TestContext.Current.CancellationToken)).ShouldContain("v1");
        await Api.Until(id, "both pods running", one => one["pods"]!.AsArray().Count(pod => pod.Str("phase") == "Running") == 2);
        var answers = new List<string>();
        using var stop = new CancellationTokenSource();
        var client = Task.Run(async () =>
        {
            using var fresh = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
            while (!stop.IsCancellationRequested)
                answers.Add(await fresh.GetStringAsync($"http://{address}/", TestContext.Current.CancellationToken));
        }, TestContext.Current.CancellationToken);
        (await Api.Send(HttpMethod.Patch, $"{Root}/{id}", $$"""{"entryPoint":"{{Base64(Server("v2"))}}"}""")).MustBe(200);
        await Api.Until(id, "the second run everywhere", one =>
            one.Str("phase") == "Running" && one.Int("dispatchCount") == 2 && one["pods"]!.AsArray().Count(pod => pod.Str("phase") == "Running" && pod.Str("podId").Contains("-2-")) == 2);
        await Wait.Until("only the new version answers", async () => (await http.GetStringAsync($"http://{address}/", TestContext.Current.CancellationToken)).Contains("v2"));
        await stop.CancelAsync();
        await client; // throws when a request had failed
        answers.ShouldContain(text => text.Contains("v1"));
        answers.ShouldContain(text => text.Contains("v2"));
        (await Api.Look(id)).ConditionTypes().ShouldContain("K8sUpdating");
        (await Api.Delete($"{Root}/{id}")).MustBe(200);
        await Wait.Until("gone", async () => (await Api.Get($"{Root}/{id}")).Status == 404);
    }

    [Fact]
    public async Task After_its_time_to_live_nothing_but_record_and_log_is_left()
    {
        var id = await Api.Create(Body("echo kept; touch here", "ttl", members: "\"ttlSecondsAfterFinished\":0"));
        await Api.MustSucceed(id);
        await Wait.Until("a clean machine", async () => (await Processes.Of(id)).Length == 0);
        (await Api.Logs(id)).ShouldBe(["kept"]);
        (await Api.Look(id)).Str("phase").ShouldBe("Succeeded");
    }

    /// <summary>A small HTTP server with nothing but Debian's python.</summary>
    private static string Server(string version) =>
        $"mkdir www; echo {version} > www/index.html; exec /usr/bin/python3 -m http.server 8080 --bind 0.0.0.0 --directory www";
}
