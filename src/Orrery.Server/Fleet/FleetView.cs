using System.Collections.Concurrent;
using System.Text.Json;
using Orrery.Orbits;

namespace Orrery.Server.Fleet;

/// <summary>The fleet as one user sees it, read again only when something changed.</summary>
internal sealed class FleetView(FleetStore store, FleetConfiguration configuration)
{
    private const int MostUsersKept = 1000;
    private readonly ConcurrentDictionary<string, Cached> cached = new(StringComparer.Ordinal);

    public FleetConfiguration Configuration => configuration;

    /// <summary>All satellites of a user: their own, and those of the shared fleet that they do not have themselves.</summary>
    public async Task<IReadOnlyList<FleetMember>> Of(string userId, CancellationToken ct) => (await Read(userId, ct)).Members;

    public async Task<FleetMember?> Find(string userId, string idOrName, CancellationToken ct)
    {
        var members = await Of(userId, ct);
        return members.FirstOrDefault(member => member.Id == idOrName)
            ?? members.FirstOrDefault(member => string.Equals(member.Elements.Name, idOrName, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What the planner sees, and the counter that says whether it still holds at submit.</summary>
    public async Task<(IReadOnlyList<FleetMember> Members, long Counter)> Snapshot(string userId, CancellationToken ct)
    {
        var read = await Read(userId, ct);
        return (read.Members, read.Counter);
    }

    public Planning.FleetSatellite ToPlanning(FleetMember member) => new(member.Elements, configuration.BusClass(member.BusClass));

    private async Task<Cached> Read(string userId, CancellationToken ct)
    {
        var counter = await store.PlanningCounter(ct);
        if (cached.TryGetValue(userId, out var known) && known.Counter == counter)
            return known;
        if (cached.Count > MostUsersKept)
            cached.Clear();
        var rows = await store.Load(userId, ct);
        var members = rows
            .GroupBy(row => row.NoradId)
            .Select(group => group.OrderByDescending(row => row.Owner.Length).First())
            .Select(row => new FleetMember(JsonSerializer.Deserialize<ElementSet>(row.Elements)!, row.BusClass, row.Owner.Length > 0))
            .ToArray();
        return cached[userId] = new Cached(counter, members);
    }

    private sealed record Cached(long Counter, IReadOnlyList<FleetMember> Members);
}
