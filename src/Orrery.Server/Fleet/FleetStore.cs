using System.Text.Json;
using Dapper;
using Orrery.Contracts.Fleet;
using Orrery.Orbits;
using Orrery.Server.Storage;

namespace Orrery.Server.Fleet;

/// <summary>Elements of the shared fleet and of users' own satellites.</summary>
internal sealed class FleetStore(IDatabase database, TimeProvider clock)
{
    public Task<long> Count(string owner, CancellationToken ct) => database.Read(
        db => db.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM satellites WHERE owner = @owner", new { owner }), ct);

    /// <summary>A number that moves with every change that plans depend on.</summary>
    public Task<long> PlanningCounter(CancellationToken ct) =>
        database.Read(db => db.ExecuteScalarAsync<long>("SELECT value FROM counters WHERE name = 'planning'"), ct);

    public Task<IReadOnlyList<SatelliteRow>> Load(string userId, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<SatelliteRow>)(await db.QueryAsync<SatelliteRow>(
            "SELECT * FROM satellites WHERE owner = '' OR owner = @userId ORDER BY norad_id, owner", new { userId })).AsList(),
        ct);

    public Task<IReadOnlyList<(string SatelliteId, long LastSeen)>> AgentsSeen(string userId, CancellationToken ct) => database.Read(
        async db => (IReadOnlyList<(string, long)>)(await db.QueryAsync<(string, long)>(
            "SELECT satellite_id, MAX(last_seen) FROM agents WHERE satellite_id IS NOT NULL AND (shared OR owner = @userId) GROUP BY satellite_id",
            new { userId })).AsList(),
        ct);

    /// <summary>Adds or renews; older elements never replace newer ones.</summary>
    public Task<ImportResponse> Import(string owner, IReadOnlyList<(ElementSet Elements, string BusClass)> satellites, CancellationToken ct) =>
        database.Write(
            async work =>
            {
                var known = (await work.Query<(long NoradId, long Epoch)>(
                    "SELECT norad_id, epoch FROM satellites WHERE owner = @owner", new { owner })).ToDictionary(row => row.NoradId, row => row.Epoch);
                var (added, updated, unchanged) = (0, 0, 0);
                foreach (var (elements, busClass) in satellites)
                {
                    var row = Row(owner, elements, busClass);
                    if (!known.TryGetValue(row.NoradId, out var epoch))
                        added++;
                    else if (epoch < Microseconds.From(row.Epoch))
                        updated++;
                    else
                    {
                        unchanged++;
                        continue;
                    }
                    await Upsert(work, row);
                    known[row.NoradId] = Microseconds.From(row.Epoch);
                }
                if (added + updated > 0)
                    await work.Execute("UPDATE counters SET value = value + 1 WHERE name = 'planning'");
                return new ImportResponse(added, updated, unchanged);
            },
            ct);

    private static Task<int> Upsert(DbWork work, SatelliteRow row) => work.Execute(
        """
        INSERT INTO satellites (owner, norad_id, name, epoch, bus_class, elements, updated_at)
        VALUES (@Owner, @NoradId, @Name, @Epoch, @BusClass, @Elements, @UpdatedAt)
        ON CONFLICT (owner, norad_id) DO UPDATE SET name = excluded.name, epoch = excluded.epoch, elements = excluded.elements, updated_at = excluded.updated_at
        """,
        row);

    private SatelliteRow Row(string owner, ElementSet elements, string busClass) => new()
    {
        Owner = owner,
        NoradId = elements.NoradId,
        Name = elements.Name,
        Epoch = elements.Epoch,
        BusClass = busClass,
        Elements = JsonSerializer.Serialize(elements),
        UpdatedAt = clock.GetUtcNow(),
    };
}
