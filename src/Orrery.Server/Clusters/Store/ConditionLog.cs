using System.Text.Json;
using System.Text.Json.Serialization;

namespace Orrery.Server.Clusters.Store;

/// <summary>One step of a workload's way, the last of its type in its run.</summary>
/// <param name="Type">AdminScheduled, K8sRunning, …</param>
/// <param name="Run">The run it belongs to; 0 before the first.</param>
/// <param name="Message">In words.</param>
/// <param name="At">When it came about, UTC.</param>
internal sealed record ConditionRow(string Type, int Run, string Message, DateTimeOffset At);

[JsonSerializable(typeof(List<ConditionRow>))]
internal sealed partial class ConditionJson : JsonSerializerContext;

internal static class ConditionTypes
{
    public const string AdminScheduling = "AdminScheduling";
    public const string AdminScheduled = "AdminScheduled";
    public const string AdminDispatched = "AdminDispatched";
    public const string AdminFailover = "AdminFailover";
    public const string AdminFailed = "AdminFailed";
    public const string AdminStopped = "AdminStopped";
    public const string K8sPending = "K8sPending";
    public const string K8sRunning = "K8sRunning";
    public const string K8sSucceeded = "K8sSucceeded";
    public const string K8sFailed = "K8sFailed";
    public const string K8sUpdating = "K8sUpdating";
    public const string K8sNotReady = "K8sNotReady";
}

/// <summary>The conditions of a workload: one a type and run, the newest kept.</summary>
internal static class ConditionLog
{
    private const int Most = 200;

    public static List<ConditionRow> Read(string json) => JsonSerializer.Deserialize(json, ConditionJson.Default.ListConditionRow)!;

    public static string With(string json, ConditionRow condition)
    {
        var all = Read(json);
        all.RemoveAll(known => known.Type == condition.Type && known.Run == condition.Run);
        all.Add(condition);
        if (all.Count > Most)
            all.RemoveRange(0, all.Count - Most);
        return JsonSerializer.Serialize(all, ConditionJson.Default.ListConditionRow);
    }

    public static string Write(IEnumerable<ConditionRow> conditions) => JsonSerializer.Serialize([.. conditions], ConditionJson.Default.ListConditionRow);

    public static bool Has(string json, string type, int run) => Read(json).Exists(known => known.Type == type && known.Run == run);
}
