namespace Orrery.Agent.Contacts;

/// <summary>Holds calls back until there is contact; without a schedule it is always open.</summary>
internal sealed class ContactGate(TimeProvider time, IContactSchedule? schedule)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromHours(1);

    public async Task Open(CancellationToken ct)
    {
        while (schedule is not null && schedule.NextContact(time.GetUtcNow()) - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await WholeDelay.For(left < LongestDelay ? left : LongestDelay, time, ct);
        ct.ThrowIfCancellationRequested();
    }
}
