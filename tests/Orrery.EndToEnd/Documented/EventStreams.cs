namespace Orrery.EndToEnd.Documented;

/// <summary>Following a workload's events, by cursor and by stream.</summary>
public abstract class EventStreams(ServerFixture fixture)
{
    private Api Api => fixture.Server.Admin;

    [Fact]
    public async Task The_cursor_gives_every_event_once_in_order()
    {
        var id = await Api.Submit(Bodies.Documented);
        await Api.MustEndDone(id);
        var seen = new List<long>();
        while ((await Api.Get($"/v1/workloads/{id}/events?after_seq={seen.LastOrDefault()}&limit=7")).MustBe(200).Json is var page && page["events"]!.AsArray().Count > 0)
            seen.AddRange(page["events"]!.AsArray().Select(one => one.Int("seq")));
        seen.ShouldBe(Enumerable.Range(1, seen.Count).Select(seq => (long)seq));
        var types = (await Api.Events(id)).Select(one => one.Str("event_type")).ToArray();
        types.Take(3).ShouldBe(["workload.submitted", "workload.planned", "workload.phase_changed"]);
        types.Count(type => type == "job.completed").ShouldBe(3);
    }

    [Fact]
    public async Task A_stream_opened_at_submit_ends_with_the_workload()
    {
        var id = await Api.Submit(Bodies.DocumentedWith("\"speed_multiplier\": 20"));
        using var stream = await Api.Stream($"/v1/workloads/{id}/events");
        var ids = await Ids(stream);
        ids.ShouldBe((await Api.Events(id)).Select(one => one.Int("seq")));
        (await Api.Get($"/v1/workloads/{id}")).Str("phase").ShouldBe("done");
    }

    [Fact]
    public async Task A_broken_stream_resumes_after_the_last_event_it_gave()
    {
        var id = await Api.Submit(Bodies.Documented);
        await Api.MustEndDone(id);
        using var whole = await Api.Stream($"/v1/workloads/{id}/events");
        var all = await Ids(whole);
        using var rest = await Api.Stream($"/v1/workloads/{id}/events", ("Last-Event-ID", "5"));
        (await Ids(rest)).ShouldBe(all.Skip(5));
    }

    /// <summary>The ids of a stream to its end.</summary>
    private static async Task<List<long>> Ids(StreamReader stream)
    {
        var ids = new List<long>();
        while (await stream.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                ids.Add(long.Parse(line[4..]));
        }
        return ids;
    }
}

public sealed class EventStreamsOnSqlite(SqliteFixture fixture) : EventStreams(fixture), IClassFixture<SqliteFixture>;

public sealed class EventStreamsOnPostgres(PostgresFixture fixture) : EventStreams(fixture), IClassFixture<PostgresFixture>;
