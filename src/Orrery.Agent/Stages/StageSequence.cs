using Orrery.Contracts.Agents;

namespace Orrery.Agent.Stages;

/// <summary>The events of a stage, in order: the one source of both what our agent reports and what the script of a plan says.</summary>
internal static class StageSequence
{
    private static readonly int[] Quarters = [25, 50, 75];

    /// <summary>Every moment of a stage; planned times never decrease.</summary>
    public static IReadOnlyList<StageMoment> Of(StageWork work)
    {
        var start = work.Steps.Count == 0 ? DateTimeOffset.UnixEpoch : work.Steps[0].PlannedStart;
        List<StageMoment> moments =
        [
            new(EventKeys.Job(EventTypes.JobAccepted), EventTypes.JobAccepted, null, Payloads.Accepted(work), null, 0, start),
        ];
        foreach (var step in work.Steps)
        {
            moments.Add(new(
                EventKeys.Step(step.Id, EventTypes.PlacementDecided), EventTypes.PlacementDecided, step.Id, Payloads.Placement(step), null, 0, start));
        }

        foreach (var step in work.Steps)
            moments.AddRange(Step(step, work.Program is not null));
        moments.Add(new(
            EventKeys.Job(EventTypes.JobCompleted), EventTypes.JobCompleted, null, Payloads.Completed(work), null, 0, moments[^1].Planned));
        return InOrder(moments);
    }

    private static IEnumerable<StageMoment> Step(StepWork step, bool isProgram) => step.Kind switch
    {
        StepKinds.Compute when isProgram => Program(step),
        StepKinds.Compute => Compute(step),
        StepKinds.InterSatellite => InterSatellite(step),
        StepKinds.Downlink or StepKinds.Uplink => Pass(step),
        StepKinds.Terrestrial => Terrestrial(step),
        _ => throw new ArgumentException($"step {step.Id}: unknown kind '{step.Kind}'", nameof(step)),
    };

    private static IEnumerable<StageMoment> Compute(StepWork step) =>
    [
        At(step, EventTypes.StepStarted, 0, Payloads.Started(step)),
        .. Quarters.Select(percent => new StageMoment(
            EventKeys.Step(step.Id, EventTypes.StepProgress, percent), EventTypes.StepProgress, step.Id,
            Payloads.Progress(percent), step, percent, PlannedAt(step, percent))),
        At(step, EventTypes.StepCompleted, 100, Payloads.Computed(step)),
    ];

    /// <summary>Nobody knows how far a real program has come.</summary>
    private static IEnumerable<StageMoment> Program(StepWork step) =>
    [
        At(step, EventTypes.StepStarted, 0, Payloads.Started(step)),
        At(step, EventTypes.StepCompleted, 100, Payloads.Computed(step)),
    ];

    private static IEnumerable<StageMoment> InterSatellite(StepWork step) =>
    [
        At(step, EventTypes.LinkStarted, 0, Payloads.Moving(step)),
        At(step, EventTypes.LinkHopCompleted, 100, Payloads.Hop(step)),
        At(step, EventTypes.LinkCompleted, 100, Payloads.Moved(step)),
    ];

    private static IEnumerable<StageMoment> Pass(StepWork step) =>
    [
        At(step, EventTypes.TransferStarted, 0, Payloads.Moving(step)),
        At(step, EventTypes.TransferPassStarted, 0, Payloads.Moving(step)),
        At(step, EventTypes.TransferProgress, 50, Payloads.Moving(step, 50)),
        At(step, EventTypes.TransferPassCompleted, 100, Payloads.Moved(step)),
        At(step, EventTypes.TransferCompleted, 100, Payloads.Moved(step)),
    ];

    private static IEnumerable<StageMoment> Terrestrial(StepWork step) =>
    [
        At(step, EventTypes.TransferStarted, 0, Payloads.Moving(step)),
        At(step, EventTypes.TransferProgress, 50, Payloads.Moving(step, 50)),
        At(step, EventTypes.TransferCompleted, 100, Payloads.Moved(step)),
    ];

    private static StageMoment At(StepWork step, string type, int percent, System.Text.Json.JsonElement payload) =>
        new(EventKeys.Step(step.Id, type), type, step.Id, payload, step, percent, PlannedAt(step, percent));

    private static DateTimeOffset PlannedAt(StepWork step, int percent) =>
        step.PlannedStart + ((step.PlannedEnd - step.PlannedStart) * (percent / 100.0));

    private static List<StageMoment> InOrder(List<StageMoment> moments)
    {
        for (var i = 1; i < moments.Count; i++)
        {
            if (moments[i].Planned < moments[i - 1].Planned)
                moments[i] = moments[i] with { Planned = moments[i - 1].Planned };
        }

        return moments;
    }
}
