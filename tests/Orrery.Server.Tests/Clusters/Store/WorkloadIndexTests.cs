using System.Text.Json;
using Orrery.Server.Clusters.Registry;
using Orrery.Server.Clusters.Requests;
using Orrery.Server.Clusters.Store;
using Orrery.Server.Clusters.Views;
using Orrery.Server.Clusters.Workspaces;
using Orrery.Server.Identity;
using Orrery.Server.Storage;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters.Store;

/// <summary>Lists from memory are the lists of the database, whatever was asked and whatever happened before.</summary>
public sealed class WorkloadIndexTests : IAsyncLifetime
{
    private const int Rows = 300;
    private const int Queries = 400;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly string[] Workspaces = ["default", "team", "closed"];
    private static readonly string[] Users = ["usr_a", "usr_b", "usr_c"];
    private static readonly string[] Texts = ["", "nightly training", "Nightly", "100%", "a_b", "a\\b"];

    private readonly string folder = Directory.CreateTempSubdirectory("orrery-index-").FullName;
    private readonly Random random = new(20_261_125);
    private readonly TestClock clock = new(Start + TimeSpan.FromDays(2));
    private readonly WorkloadIndex index = new();
    private IDatabase database = null!;
    private ClusterStore store = null!;
    private WorkspaceDirectory workspaces = null!;

    public async ValueTask InitializeAsync()
    {
        database = await DatabaseFactory.Open(folder, null, TimeProvider.System);
        store = new ClusterStore(database, index);
        var places = new WorkspaceStore(database);
        await new ClusterRegistry(database).Add(new ClusterRow { Id = "local", Backend = "local", Owner = "test", CreatedAt = Start }, "test", CancellationToken.None);
        foreach (var id in Workspaces)
        {
            await places.Add(
                new Workspace { Id = id, DisplayName = id, ClusterId = "local", Settings = new WorkspaceSettings(), CreatedAt = Start, Members = id == "closed" ? [] : [Workspace.Everybody] },
                "test", CancellationToken.None);
        }
        workspaces = new WorkspaceDirectory(places);
        await workspaces.Reload(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        index.Dispose();
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Memory_and_database_give_the_same_pages_of_random_workloads_after_random_changes()
    {
        await Insert(Rows / 2);
        await store.LoadIndex(CancellationToken.None);
        store.Added(await Insert(Rows / 2));
        await Change();
        await MustAgree();
        await store.LoadIndex(CancellationToken.None); // as after a start
        await MustAgree();
    }

    [Fact]
    public async Task What_is_told_late_changes_nothing()
    {
        var row = (await Insert(1))[0];
        store.Added([row]);
        var running = new WorkloadChange(row, Start) { After = row with { Phase = "Running", Version = 3 } };
        index.Take([running]);
        index.Take([new WorkloadChange(row, Start) { After = row with { Phase = "Updating", Version = 2 } }]);
        Total("Running").ShouldBe(1);
        index.Take([new WorkloadChange(row, Start) { Delete = true }]);
        index.Take([running]);
        Total("Running").ShouldBe(0);
    }

    [Fact]
    public async Task What_ended_long_ago_is_found_but_for_what_something_unfinished_waits_for()
    {
        var rows = await Insert(5);
        store.Added(rows);
        var end = Start.AddDays(1);
        foreach (var (row, change) in new[]
        {
            (rows[0], rows[0] with { EndedAt = end }),
            (rows[1], rows[1] with { EndedAt = end, Held = Holding.Kept }),
            (rows[2], rows[2] with { EndedAt = end.AddHours(2) }),
            (rows[3], rows[3] with { EndedAt = end }),
        })
            await store.Commit([new WorkloadChange(row, end) { After = change }], CancellationToken.None);
        await database.Write(work => work.Execute("INSERT INTO cluster_dependencies (workload_id, depends_on) VALUES (@waits, @on)", new { waits = rows[4].Id, on = rows[3].Id }), CancellationToken.None);
        (await store.EndedBefore(end.AddHours(1), 100, CancellationToken.None)).Select(row => row.Id).ShouldBe([rows[0].Id]);
    }

    private long Total(string phase) => index.Page(new ListFilter { Phases = [phase] }, new Visibility(null, new HashSet<string>()), Start).Total;

    private async Task<IReadOnlyList<ClusterWorkloadRow>> Insert(int count)
    {
        var rows = Enumerable.Range(0, count).Select(_ => Row()).ToList();
        (await database.Write(work => WorkloadInsert.Insert(work, rows), CancellationToken.None)).ShouldAllBe(inserted => inserted);
        return rows;
    }

    private ClusterWorkloadRow Row() => new ClusterWorkloadRow
    {
        Id = $"{Pick("train", "eval")}-{random.Next(1_000_000):D6}",
        Uid = Guid.NewGuid().ToString(),
        WorkspaceId = Pick(Workspaces),
        ClusterId = "local",
        UserId = Pick(Users),
        UserName = Pick("Ada", "bob", "eve_1"),
        DisplayName = Pick("train", "eval"),
        Description = Pick(Texts),
        Kind = Pick("PyTorchJob", "Deployment"),
        Priority = random.Next(3),
        Replicas = random.Next(1, 4),
        TimeoutS = random.Next(2) * random.Next(1, 200_000),
        CreatedAt = Start.AddSeconds(random.Next(20)),
        ParentId = random.Next(4) == 0 ? Pick("tpl-1", "tpl-2") : null,
    }.WithSpec(new ClusterSpec
    {
        Cpu = Pick("1", "500m"),
        Gpu = Pick("0", "2"),
        IsTolerateAll = random.Next(2) == 0,
        CustomerLabels = new Dictionary<string, string> { ["zone"] = Pick("a", "b") },
    });

    /// <summary>Starts, ends and deletes some, through the store.</summary>
    private async Task Change()
    {
        var all = await store.Unfinished("local", CancellationToken.None);
        foreach (var row in all.Where(_ => random.Next(3) > 0))
        {
            var started = Start.AddSeconds(random.Next(1000));
            var change = new WorkloadChange(row, clock.GetUtcNow()) { Delete = random.Next(10) == 0 };
            change.After = random.Next(2) == 0
                ? row with { Phase = "Running", StartedAt = started, RunningSince = started, Run = random.Next(1, 4), Held = Holding.Live }
                : row with { Phase = Pick("Succeeded", "Failed"), StartedAt = started, EndedAt = started.AddSeconds(random.Next(500)), RanUs = random.Next(1000), Message = Pick("", "exit 1") };
            (await store.Commit([change], CancellationToken.None)).ShouldBeEmpty();
        }
    }

    private async Task MustAgree()
    {
        var fromDatabase = new SqlWorkloadLister(database, workspaces, clock);
        var fromMemory = new IndexedWorkloadLister(index, store, workspaces, clock);
        index.Open("local").Select(open => open.Id).Order().ShouldBe((await store.Unfinished("local", CancellationToken.None)).Select(row => row.Id).Order());
        for (var i = 0; i < Queries; i++)
        {
            var filter = Filter();
            var caller = new Principal(new KeyRow(), new UserRow { Id = Pick(Users), Name = "x", Role = random.Next(3) == 0 ? Roles.Admin : Roles.User });
            var (total, rows) = await fromDatabase.List(filter, caller, CancellationToken.None);
            var (totalHere, rowsHere) = await fromMemory.List(filter, caller, CancellationToken.None);
            totalHere.ShouldBe(total, filter.ToString());
            rowsHere.Select(Shown).ShouldBe(rows.Select(Shown), filter.ToString());
        }
    }

    /// <summary>A row as a list shows it.</summary>
    private string Shown(ClusterWorkloadRow row) => JsonSerializer.Serialize(WorkloadViews.Item(row, null, clock.GetUtcNow()));

    private ListFilter Filter() => new()
    {
        WorkspaceId = Maybe(Workspaces),
        ClusterId = Maybe("local", "other"),
        UserId = Maybe(Users),
        UserName = Maybe("A", "e_", "BO"),
        Description = Maybe("NIGHT", "%", "_", "\\"),
        WorkloadId = Maybe("Train-1", "9"),
        Phases = random.Next(2) == 0 ? [] : [Pick("Pending", "Running"), "Failed"],
        Kinds = random.Next(2) == 0 ? [] : ["Deployment"],
        Since = random.Next(3) == 0 ? Start.AddSeconds(random.Next(20)) : null,
        Until = random.Next(3) == 0 ? Start.AddSeconds(random.Next(20)) : null,
        Sort = WorkloadSort.Find(Pick([.. WorkloadSort.Names]))!,
        Descending = random.Next(2) == 0,
        Limit = Pick(1, 5, 100, 5000),
        Offset = Pick(0, 0, 3, 50),
    };

    private T Pick<T>(params T[] some) => some[random.Next(some.Length)];

    private string? Maybe(params string[] some) => random.Next(5) == 0 ? Pick(some) : null;
}
