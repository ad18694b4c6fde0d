using Orrery.Server.Events;

namespace Orrery.Server.Clusters.Store;

/// <summary>One step of one workload on its way to the database: row, pods and events commit together or not at all.</summary>
internal sealed class WorkloadChange(ClusterWorkloadRow before, DateTimeOffset now)
{
    public ClusterWorkloadRow Before { get; } = before;

    public ClusterWorkloadRow After { get; set; } = before;

    public DateTimeOffset Now => now;

    /// <summary>The row, its pods and its events go.</summary>
    public bool Delete { get; set; }

    /// <summary>A workload that this step makes: a template's firing.</summary>
    public ClusterWorkloadRow? Child { get; set; }

    public List<ClusterPodRow> Pods { get; } = [];

    public List<EventRow> Events { get; } = [];

    public bool IsEmpty => !Delete && ReferenceEquals(Before, After) && Pods.Count == 0 && Events.Count == 0;

    public bool Move(ClusterTrigger trigger)
    {
        if (!ClusterPhase.Transitions.TryMove(After.Phase, trigger, out var next))
            return false;
        After = After with { Phase = next };
        return true;
    }

    /// <summary>Records a condition with its event.</summary>
    public void Condition(string type, string message)
    {
        After = After with { Conditions = ConditionLog.With(After.Conditions, new ConditionRow(type, After.Run, message, now)) };
        Event($"cluster_workload.{ConditionEvents.Name(type)}", new { run = After.Run, message, phase = After.Phase });
    }

    public void Event(string type, object payload, string actor = ServerEvents.Actor) =>
        Events.Add(ServerEvents.ClusterWorkload(Before.Id, type, payload, now, actor));
}

internal static class ConditionEvents
{
    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal);

    /// <summary><c>K8sNotReady</c> is told as <c>k8s_not_ready</c>.</summary>
    public static string Name(string condition)
    {
        lock (Names)
        {
            if (!Names.TryGetValue(condition, out var name))
                Names[condition] = name = Snake(condition);
            return name;
        }
    }

    private static string Snake(string condition) => string.Concat(
        condition.Select((letter, i) => char.IsAsciiLetterUpper(letter) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(letter) : letter.ToString()));
}
