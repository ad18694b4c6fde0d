using Orrery.Contracts.Agents;

namespace Orrery.Agent.Tests.Fakes;

/// <summary>Work for an agent.</summary>
internal static class Plans
{
    public static readonly DateTimeOffset Start = new(2026, 10, 7, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Steps of these kinds, 100 s each, one after another.</summary>
    public static AgentWork Of(params string[] kinds) => Of("dep-1", 100, kinds);

    public static AgentWork Of(string deployment, double seconds, params string[] kinds) => new()
    {
        PlanId = "plan-1",
        DeploymentId = deployment,
        SatelliteId = "25544",
        PlanData = new()
        {
            WorkloadId = "wl_1",
            StageIndex = 0,
            StageCount = 1,
            Role = "shard",
            Round = 0,
            Attempt = 1,
            JobId = "job-1",
            WaitForWindows = true,
            Steps = [.. kinds.Select((kind, i) => new StepWork(
                $"{kind}-{i}", kind, Start.AddSeconds(i * seconds), Start.AddSeconds((i + 1) * seconds), seconds, 10.5, "25544", "svalbard", "c-1"))],
        },
        Events = [],
    };
}
