namespace Orrery.Agent.Stages;

/// <summary>Types of the events that an executed stage reports.</summary>
internal static class EventTypes
{
    public const string JobAccepted = "job.accepted";
    public const string JobCompleted = "job.completed";
    public const string JobFailed = "job.failed";
    public const string PlacementDecided = "placement.decided";
    public const string StepStarted = "step.started";
    public const string StepProgress = "step.progress";
    public const string StepCompleted = "step.completed";
    public const string StepStopped = "step.stopped";
    public const string CheckpointSaved = "checkpoint.saved";
    public const string LinkStarted = "isl_transfer.started";
    public const string LinkHopCompleted = "isl_transfer.hop_completed";
    public const string LinkCompleted = "isl_transfer.completed";
    public const string TransferStarted = "transfer.started";
    public const string TransferPassStarted = "transfer.pass_started";
    public const string TransferProgress = "transfer.progress";
    public const string TransferPassCompleted = "transfer.pass_completed";
    public const string TransferCompleted = "transfer.completed";
}
