namespace Orrery.Node.Runs;

/// <summary>A run that was removed: a late request for it is ignored.</summary>
internal sealed record RemovedRun(string WorkloadId, int Run, DateTimeOffset At);
