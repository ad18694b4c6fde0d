using Dapper;
using Orrery.Planning;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Satellite time, antennas and links that live plans have taken.</summary>
internal sealed class BookingStore(IDatabase database)
{
    public Task<IReadOnlyList<Booking>> From(DateTimeOffset start, CancellationToken ct, string except = "") => database.Read(
        async db => (IReadOnlyList<Booking>)[.. (await db.QueryAsync<Row>(
            "SELECT kind, resource, start_at, end_at FROM bookings WHERE end_at > @start AND workload_id <> @except", new { start, except }))
            .Select(row => new Booking(Enum.Parse<BookingKind>(row.Kind), row.Resource, row.StartAt, row.EndAt))],
        ct);

    public static async Task Take(DbWork work, string workloadId, IReadOnlyList<Booking> bookings)
    {
        foreach (var booking in bookings)
        {
            await work.Execute(
                "INSERT INTO bookings (workload_id, kind, resource, start_at, end_at) VALUES (@workloadId, @kind, @Resource, @Start, @End)",
                new { workloadId, kind = booking.Kind.ToString(), booking.Resource, booking.Start, booking.End });
        }
        await Moved(work);
    }

    public static async Task Release(DbWork work, string workloadId)
    {
        if (await work.Execute("DELETE FROM bookings WHERE workload_id = @workloadId", new { workloadId }) > 0)
            await Moved(work);
    }

    /// <summary>Holds every other submit of a live plan until this transaction ends.</summary>
    public static Task<long> LockCounter(DbWork work) =>
        work.Scalar<long>("SELECT value FROM counters WHERE name = 'planning'" + work.ForUpdate);

    private static Task<int> Moved(DbWork work) => work.Execute("UPDATE counters SET value = value + 1 WHERE name = 'planning'");

    private sealed record Row
    {
        public string Kind { get; init; } = "";
        public string Resource { get; init; } = "";
        public DateTimeOffset StartAt { get; init; }
        public DateTimeOffset EndAt { get; init; }
    }
}
