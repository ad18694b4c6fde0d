using Orrery.Cli.Output;
using Orrery.Contracts.Workloads;
using Spectre.Console;

namespace Orrery.Cli.Jobs;

/// <summary>One workload: its phase, outcome, price and error.</summary>
internal static class WorkloadPanel
{
    public static void Render(IAnsiConsole console, WorkloadView workload)
    {
        var facts = new List<(string, string)>
        {
            ("class", workload.Class),
            ("mode", workload.Mode),
            ("status", workload.WorkflowStatus),
            ("created", Format.Time(workload.CreatedAt)),
            ("started", Format.Time(workload.StartedAt)),
            ("finished", Format.Time(workload.FinishedAt)),
        };
        if (workload.Placement is { } placement)
            facts.Add(("placed on", string.Join(", ", placement.Satellites.Concat(placement.GroundStations ?? []))));
        if (workload.Outcome is { } outcome)
            facts.AddRange(Outcome(outcome));
        if (workload.Cost is { } cost)
            facts.Add(("cost", $"{cost.Ocu:N0} OCU · {cost.Cents:N0} cents"));
        if (workload.Error is { } error)
            facts.Add(("error", $"{error.Message} ({error.Code})"));
        Card.Write(console, Title(workload), workload.Phase, facts);
    }

    public static string Title(WorkloadView workload) => workload.Name is { } name ? $"{name} · {workload.Id}" : workload.Id;

    private static IEnumerable<(string Name, string Value)> Outcome(OutcomeView outcome)
    {
        yield return ("stages", $"{outcome.StagesDone} of {outcome.StagesTotal} done, {outcome.Attempts} {(outcome.Attempts == 1 ? "attempt" : "attempts")}");
        if (outcome.MakespanS is { } makespan)
            yield return ("makespan", $"{Format.Duration(makespan)} (planned {Format.Duration(outcome.PlannedMakespanS)})");
        if (outcome.Reason is { } reason)
            yield return ("reason", reason);
    }
}
