namespace Orrery.Agent.Stages;

/// <summary>How the execution of a stage ended.</summary>
public enum StageResult
{
    /// <summary>Every step ran; <c>job.completed</c> is reported.</summary>
    Completed,

    /// <summary>It was told to stop; <c>step.stopped</c> is reported.</summary>
    Stopped,

    /// <summary>The work cannot be executed; <c>job.failed</c> is reported.</summary>
    Failed,
}
