using Orrery.Server.Errors;
using Orrery.Server.Events;
using Orrery.Server.Identity;
using Orrery.Server.Storage;

namespace Orrery.Server.Workloads;

/// <summary>Cancels: queued and running stages are dropped, bookings released, agents told at their next question.</summary>
internal sealed class WorkloadCanceller(IDatabase database, Signals signals, TimeProvider clock)
{
    /// <summary>Once canceled stays canceled; what ended otherwise is refused.</summary>
    public async Task Cancel(string id, Principal caller, CancellationToken ct)
    {
        var changed = await database.Write(
            async work =>
            {
                var row = await work.Find<WorkloadRow>("SELECT * FROM workloads WHERE id = @id" + work.ForUpdate, new { id });
                if (row is null || !caller.MaySee(row.UserId))
                    throw Refuse.NotFound("workload", id);
                if (row.Phase == WorkloadPhase.Canceled)
                    return false;
                if (!WorkloadPhase.Transitions.TryMove(row.Phase, WorkloadTrigger.CancelAsked, out _))
                    throw Refuse.AlreadyFinished(id, row.Phase);
                await WorkloadEnding.End(
                    work, row, WorkloadTrigger.CancelAsked, "canceled", $"Canceled by {caller.UserName}.", clock.GetUtcNow(), $"user:{caller.UserName}");
                return true;
            },
            ct);
        if (changed)
            signals.Publish(id);
    }
}
