using Microsoft.Extensions.Logging;
using Orrery.Agent.Stages;

namespace Orrery.Agent;

/// <summary>What an agent says of itself; never its key.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(LogLevel.Information, "{agent} speaks for satellite {satellite} to {server}")]
    public static partial void Started(this ILogger logger, string agent, string satellite, Uri server);

    [LoggerMessage(LogLevel.Warning, "Registration was refused ({reason}); polling all the same")]
    public static partial void RegistrationRefused(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Warning, "No work could be asked for: {reason}")]
    public static partial void PollFailed(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "{deployment}: stage {stage} ({role}) taken on")]
    public static partial void Taken(this ILogger logger, string deployment, int stage, string role);

    [LoggerMessage(LogLevel.Information, "{deployment}: goes on after {done} reported events")]
    public static partial void Resumed(this ILogger logger, string deployment, int done);

    [LoggerMessage(LogLevel.Information, "{deployment}: its program runs, with {inputs} inputs")]
    public static partial void ProgramStarted(this ILogger logger, string deployment, int inputs);

    [LoggerMessage(LogLevel.Information, "{deployment}: {result}")]
    public static partial void Ended(this ILogger logger, string deployment, StageResult result);

    [LoggerMessage(LogLevel.Warning, "{deployment}: to be stopped, the server says {status}")]
    public static partial void Stopping(this ILogger logger, string deployment, string status);

    [LoggerMessage(LogLevel.Warning, "{deployment}: event {key} was refused and is dropped: {reason}")]
    public static partial void EventDropped(this ILogger logger, string deployment, string key, string reason);

    [LoggerMessage(LogLevel.Warning, "Events wait, they are sent again later: {reason}")]
    public static partial void LinkLost(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Information, "Events reach the server again")]
    public static partial void LinkBack(this ILogger logger);

    [LoggerMessage(LogLevel.Error, "The data folder cannot be written, the stage waits: {reason}")]
    public static partial void FolderFailed(this ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "No answer to {call}: {reason}")]
    public static partial void CallFailed(this ILogger logger, string call, string reason);
}
