namespace Orrery.Server.Workloads;

/// <summary>pending → dispatched → running → done; or failed, skipped, dropped. A failed attempt goes back to pending.</summary>
internal static class StageStatus
{
    public const string Pending = "pending";
    public const string Dispatched = "dispatched";
    public const string Running = "running";
    public const string Done = "done";
    public const string Failed = "failed";
    public const string Dropped = "dropped";

    public static bool IsTerminal(string status) => status is Done or Failed or Dropped or "skipped";
}
