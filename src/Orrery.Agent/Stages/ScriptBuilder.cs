using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;

namespace Orrery.Agent.Stages;

/// <summary>The script of a stage that flying agents replay: the same events that <see cref="StageRunner"/> reports, at the plan's times.</summary>
public static class ScriptBuilder
{
    /// <summary>Never empty; timestamps never decrease; every element has its payload.</summary>
    /// <exception cref="ArgumentException">A step is of a kind that agents do not execute.</exception>
    public static IReadOnlyList<ScriptedEvent> Build(StageWork work, string jobId)
    {
        ArgumentException.ThrowIfNullOrEmpty(jobId);
        return
        [
            .. StageSequence.Of(work with { Program = null }) // who replays a script has run nothing, and must not say so
                .Select(moment => new ScriptedEvent(moment.Type, EventTime.From(moment.Planned), jobId, moment.StepId, moment.Payload)),
        ];
    }

    /// <summary>The script under the stage's own job id.</summary>
    public static IReadOnlyList<ScriptedEvent> Build(StageWork work) => Build(work, work.JobId);
}
