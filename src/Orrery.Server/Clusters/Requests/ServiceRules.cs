using Orrery.Contracts.Clusters;

namespace Orrery.Server.Clusters.Requests;

/// <summary>The service before a workload's replicas, and the probes of its replicas.</summary>
internal static class ServiceRules
{
    private const int LastPort = 65_535;
    private const int FirstNodePort = 30_000;
    private const int LastNodePort = 32_767;
    private const int MostExtends = 64;
    private static readonly string[] Steering = ["maxSurge", "maxUnavailable"];

    public static ServiceRule? Read(WorkloadService? service, bool strict, FieldErrors errors)
    {
        errors.Unknown("service", service?.Unknown?.Keys, strict);
        if (service is null || IsEmpty(service))
            return null;
        var (targetPort, nodePort) = (service.TargetPort ?? 0, service.NodePort ?? 0);
        var protocol = Choice("service.protocol", service.Protocol, ["TCP", "UDP"], errors);
        var type = Choice("service.serviceType", service.ServiceType, ["ClusterIP", "NodePort"], errors);
        if (targetPort is < 1 or > LastPort)
            errors.Add("service.targetPort", $"is required, from 1 to {LastPort}: the port that the pods listen on");
        if (service.Port is not (null or 0))
            errors.Range("service.port", service.Port, 1, LastPort);
        if (nodePort != 0 && type != "NodePort")
            errors.Add("service.nodePort", "belongs to serviceType NodePort");
        else if (nodePort != 0)
            errors.Range("service.nodePort", nodePort, FirstNodePort, LastNodePort);
        return new ServiceRule(protocol, service.Port is null or 0 ? targetPort : service.Port.Value, targetPort, nodePort, type, Extends(service.Extends, errors));
    }

    public static ProbeRule? Probe(string field, HealthCheck? check, bool isService, bool strict, FieldErrors errors)
    {
        errors.Unknown(field, check?.Unknown?.Keys, strict);
        if (check is null || check is { Path: null or "", Port: null or 0, InitialDelaySeconds: null or 0, PeriodSeconds: null or 0, FailureThreshold: null or 0 })
            return null;
        if (!isService)
            errors.Add(field, "is for Deployment and StatefulSet only");
        var path = check.Path ?? "";
        if (path.Length is 0 or > 1024 || path[0] != '/' || path.Any(letter => letter is <= ' ' or > '~'))
            errors.Add($"{field}.path", "is required, like /healthz, at most 1024 characters");
        if (check.Port is null or < 1 or > LastPort)
            errors.Add($"{field}.port", $"is required, from 1 to {LastPort}");
        errors.Range($"{field}.initialDelaySeconds", check.InitialDelaySeconds, 0, 86_400);
        errors.Range($"{field}.periodSeconds", check.PeriodSeconds, 0, 3600);
        errors.Range($"{field}.failureThreshold", check.FailureThreshold, 0, 1000);
        return new ProbeRule(path, check.Port ?? 0, Or(check.InitialDelaySeconds, 600), Or(check.PeriodSeconds, 3), Or(check.FailureThreshold, 3));
    }

    private static int Or(int? value, int fallback) => value is null or 0 ? fallback : value.Value;

    private static bool IsEmpty(WorkloadService service) =>
        service is { Protocol: null or "", Port: null or 0, NodePort: null or 0, TargetPort: null or 0, ServiceType: null or "", Extends: null or { Count: 0 } };

    private static string Choice(string field, string? value, string[] choices, FieldErrors errors)
    {
        if (value is null or "")
            return choices[0];
        if (!choices.Contains(value))
            errors.Add(field, $"must be {string.Join(" or ", choices)}");
        return value;
    }

    private static IReadOnlyDictionary<string, string> Extends(Dictionary<string, string>? extends, FieldErrors errors)
    {
        if (extends?.Count > MostExtends)
            errors.Add("service.extends", $"must have at most {MostExtends} members");
        foreach (var (key, value) in extends ?? [])
        {
            if (Steering.Contains(key) ? !IsShare(value) : !EnvRules.IsName(key) || value is null || value.Length > EnvRules.LongestValue || value.Contains('\0'))
                errors.Add($"service.extends.{key}", Steering.Contains(key) ? "must be a count or a share, like 1 or 25%" : "must be named like [A-Za-z_][A-Za-z0-9_]* and have a string value");
        }
        if (extends is not null && Steering.All(key => IsNone(extends.GetValueOrDefault(key))))
            errors.Add("service.extends.maxUnavailable", "must not be 0 when maxSurge is 0: no replica could be replaced");
        return extends ?? [];
    }

    private static bool IsNone(string? share) => share is { Length: > 0 } && share.TrimEnd('%').All(digit => digit == '0');

    private static bool IsShare(string? text) =>
        text is { Length: > 0 and < 8 } && int.TryParse(text.TrimEnd('%'), System.Globalization.NumberStyles.None, null, out var count) && (!text.EndsWith('%') || count <= 100);
}
