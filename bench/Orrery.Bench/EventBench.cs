using System.Text.RegularExpressions;
using Npgsql;

namespace Orrery.Bench;

/// <summary>Durable event posts over HTTP, beside what PostgreSQL itself does with the same rows.</summary>
internal static partial class EventBench
{
    private const int Seconds = 10;
    private const int ArrayLength = 1000;
    private const string Event =
        """{"type":"step.progress","timestamp":"2026-03-07T14:23:45Z","job_id":"preset-001","step_id":"feature_extraction","payload":{"percent":50,"location":"onboard","data_output_mb":10.5}}""";

    public static async Task Run()
    {
        DiskBench.Run();
        await Load("SQLite", null);
        using var postgres = PostgresUnderTest.Start();
        await Peer(postgres);
        await Load("PostgreSQL", postgres.Address);
    }

    private static async Task Load(string name, string? database)
    {
        await using var server = await OrreryUnderTest.Start(database);
        var url = $"{server.Http.BaseAddress}api/deployments/{await server.DispatchedDeployment()}/events";
        Wrk(server, url, Event, 32, 3);
        foreach (var connections in new[] { 32, 64, 128 })
        {
            var (rate, p99) = Wrk(server, url, Event, connections, Seconds);
            Report.Row($"{name}: single-event posts, {connections} connections", $"{rate:N0} a second, p99 {p99}");
        }
        var body = $"[{string.Join(',', Enumerable.Repeat(Event, ArrayLength))}]";
        var (arrays, slow) = Wrk(server, url, body, 8, Seconds);
        Report.Row($"{name}: events in arrays of {ArrayLength}, 8 connections", $"{arrays * ArrayLength:N0} a second, p99 {slow}");
    }

    private static (double Rate, string P99) Wrk(OrreryUnderTest server, string url, string body, int connections, int seconds)
    {
        var script = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(
                script,
                $"""
                 wrk.method = "POST"
                 wrk.headers["Content-Type"] = "application/json"
                 wrk.headers["X-API-Key"] = "{server.AgentKey}"
                 wrk.headers["X-Agent-ID"] = "{OrreryUnderTest.AgentId}"
                 wrk.body = [==[{body}]==]
                 """);
            var output = PostgresUnderTest.Shell($"wrk -t1 -c{connections} -d{seconds}s --latency -s {script} {url}");
            if (output.Contains("Non-2xx", StringComparison.Ordinal))
                throw new InvalidOperationException($"Posts were refused:\n{output}");
            return (double.Parse(Rate().Match(output).Groups["rate"].Value), P99().Match(output).Groups["p99"].Value);
        }
        finally
        {
            File.Delete(script);
        }
    }

    /// <summary>The same row in the same kind of table: one per transaction from 64 connections, and 1,000 per transaction.</summary>
    private static async Task Peer(PostgresUnderTest postgres)
    {
        await using var source = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={postgres.Port};Username=postgres;Database=postgres");
        await using (var create = source.CreateCommand(
            """
            CREATE SEQUENCE peer_seq;
            CREATE TABLE peer (stream TEXT, seq BIGINT, id TEXT, subject TEXT, subject_id TEXT, type TEXT, step_id TEXT, job_id TEXT, payload TEXT,
                event_timestamp BIGINT, created_at BIGINT, actor TEXT, late BOOLEAN, key TEXT, PRIMARY KEY (stream, seq));
            CREATE INDEX ON peer (subject_id, event_timestamp, seq);
            CREATE UNIQUE INDEX ON peer (subject_id, key) WHERE key IS NOT NULL
            """))
        {
            await create.ExecuteNonQueryAsync();
        }
        const string Row =
            "'wl_01a201b3a63d758797923d48fe8cc2c0', nextval('peer_seq'), 'evt-01a201b3a6977d65a75a323afbc50c4c', 'deployment', 'dep-01a201b3a6977d65a75a323afbc50c4c', 'step.progress', 'feature_extraction', 'preset-001', '{\"percent\": 50, \"location\": \"onboard\", \"data_output_mb\": 10.5}', 1772893425000000000, 1772893425000000, 'agent sat-25544', false, NULL";
        Report.Row("PostgreSQL alone: one row a transaction, 64 connections (pgbench)", $"{PgBench(postgres, $"INSERT INTO peer SELECT {Row};", 64):N0} a second");
        var many = PgBench(postgres, $"INSERT INTO peer SELECT {Row} FROM generate_series(1, {ArrayLength});", 8);
        Report.Row($"PostgreSQL alone: {ArrayLength} rows a transaction, 8 connections (pgbench)", $"{many * ArrayLength:N0} rows a second");
    }

    private static double PgBench(PostgresUnderTest postgres, string sql, int connections)
    {
        var script = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(script, sql);
        var output = PostgresUnderTest.Shell(
            $"{PostgresUnderTest.Bin}/pgbench -h 127.0.0.1 -p {postgres.Port} -U postgres -n -M prepared -c {connections} -j 1 -T {Seconds} -f {script} postgres");
        File.Delete(script);
        return double.Parse(Tps().Match(output).Groups["tps"].Value);
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<p99>[\d.]+\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex P99();

    [GeneratedRegex(@"tps = (?<tps>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Tps();
}
