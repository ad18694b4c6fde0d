using Microsoft.Extensions.Logging;

namespace Orrery.Node.Runs;

internal static partial class ActorLog
{
    [LoggerMessage(Level = LogLevel.Error, Message = "a step of {WorkloadId} failed and will be tried again (failure {Failures} in a row)")]
    public static partial void StepFailed(ILogger logger, Exception e, string workloadId, int failures);
}
