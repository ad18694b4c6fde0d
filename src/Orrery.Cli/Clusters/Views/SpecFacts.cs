using Orrery.Contracts.Clusters;

namespace Orrery.Cli.Clusters.Views;

/// <summary>What a workload asks for; what it does not ask for is left out.</summary>
internal static class SpecFacts
{
    public static IEnumerable<(string Name, string Value)> Of(ClusterWorkloadView workload) =>
        All(workload).Where(fact => !string.IsNullOrEmpty(fact.Value)).Select(fact => (fact.Name, fact.Value!));

    private static IEnumerable<(string Name, string? Value)> All(ClusterWorkloadView workload)
    {
        yield return ("name", workload.DisplayName);
        yield return ("description", workload.Description);
        yield return ("kind", workload.GroupVersionKind.Kind);
        yield return ("workspace", $"{workload.WorkspaceId} on {workload.ClusterId}");
        yield return ("user", workload.UserName);
        yield return ("asks for", Resource(workload.Resource));
        yield return ("priority", workload.Priority > 0 ? $"{workload.Priority}" : null);
        yield return ("image", workload.Image);
        yield return ("nodes", string.Join(", ", workload.SpecifiedNodes));
        yield return ("labels", Pairs(workload.CustomerLabels));
        yield return ("env", Pairs(workload.Env));
        yield return ("depends on", string.Join(", ", workload.Dependencies));
        yield return ("schedule", string.Join(", ", workload.CronJobs.Select(c => c.Schedule)));
        yield return ("made by", workload.ParentId);
        yield return ("service", Service(workload.Service));
        yield return ("liveness", Check(workload.Liveness));
        yield return ("readiness", Check(workload.Readiness));
        yield return ("supervised", workload.IsSupervised ? "yes" : null);
        yield return ("tolerates", workload.IsTolerateAll ? "all taints" : null);
    }

    private static string Resource(WorkloadResource resource)
    {
        var gpu = resource.Gpu is null or "" or "0" ? "" : $", {resource.Gpu} GPU";
        return $"{resource.Replica} × {resource.Cpu} CPU, {resource.Memory} memory{gpu}";
    }

    private static string Pairs(IReadOnlyDictionary<string, string> pairs) => string.Join("  ", pairs.Select(p => $"{p.Key}={p.Value}"));

    private static string? Service(WorkloadService? service) =>
        service is null ? null : $"{service.ServiceType} {service.Protocol} {service.Port} → {service.TargetPort}{(service.Address is { Length: > 0 } at ? $" at {at}" : "")}";

    private static string? Check(HealthCheck? check) =>
        check is null ? null : $"GET :{check.Port}{check.Path} every {check.PeriodSeconds} s after {check.InitialDelaySeconds} s, {check.FailureThreshold} failures";
}
