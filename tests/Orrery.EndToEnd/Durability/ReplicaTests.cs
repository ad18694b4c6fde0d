namespace Orrery.EndToEnd.Durability;

/// <summary>Two servers on one PostgreSQL.</summary>
public sealed class ReplicaTests(PostgresServer postgres)
{
    private static readonly string[] ShortLease = ["Reconcile:LeaseS=0.6", "Reconcile:RenewS=0.15"];

    [Fact]
    public async Task Work_submitted_to_both_is_done_once()
    {
        await using var pair = await Pair.Start(await postgres.CreateDatabase());
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pair.Of(i).Submit(Bodies.DocumentedWith("\"speed_multiplier\": 2000"))));
        for (var i = 0; i < ids.Length; i++)
            await History.MustBeWhole(pair.Of(i + 1), ids[i]);
    }

    [Fact]
    public async Task When_one_is_killed_the_other_takes_over()
    {
        await using var pair = await Pair.Start(await postgres.CreateDatabase());
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => pair.Of(i).Submit(Bodies.DocumentedWith("\"speed_multiplier\": 10"))));
        await Wait.Until("work on its way", async () => (await pair.First.Admin.Stages(ids[0]))[0].Str("status") != "pending");
        await pair.First.Process.Kill();
        foreach (var id in ids)
            await History.MustBeWhole(pair.Second.Admin, id);
    }

    private sealed record Pair(TestServer First, TestServer Second) : IAsyncDisposable
    {
        public static async Task<Pair> Start(string database)
        {
            var first = await TestServer.Run(database, ShortLease);
            var second = new TestServer(database, ShortLease) { AdminKey = first.AdminKey };
            await second.Start();
            return new Pair(first, second);
        }

        public Api Of(int turn) => (turn % 2 == 0 ? First : Second).Admin;

        public async ValueTask DisposeAsync()
        {
            await First.DisposeAsync();
            await Second.DisposeAsync();
        }
    }
}
