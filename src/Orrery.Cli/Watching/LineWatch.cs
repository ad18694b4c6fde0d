using Orrery.Cli.Jobs;
using Orrery.Cli.Output;
using Orrery.Client.Workloads;
using Orrery.Contracts.Deployments;

namespace Orrery.Cli.Watching;

/// <summary>One plain line per event, for logs and pipes.</summary>
internal static class LineWatch
{
    public static async Task Run(TextWriter output, WorkloadsClient workloads, string id, WatchState state, CancellationToken cancellation)
    {
        var unknown = new HashSet<string>();
        await foreach (var happened in workloads.FollowEvents(id, cancellation: cancellation))
        {
            state.Apply(happened);
            if (happened.Subject == "deployment" && state.StageOf(happened) is null && unknown.Add(happened.SubjectId))
                await state.Refresh(cancellation);
            await output.WriteLineAsync(Line(happened, state));
        }
    }

    private static string Line(EventView happened, WatchState state)
    {
        var stage = state.StageOf(happened);
        var subject = stage is null ? happened.SubjectId : $"stage {stage.Index} {StageTable.Place(stage)}";
        var step = happened.StepId is { } id ? $"{id}  " : "";
        return $"{Format.Time(happened.EventTimestamp.ToDateTimeOffset())}  {subject}  {happened.EventType}  {step}{PayloadText.Of(happened.Payload)}".TrimEnd();
    }
}
