using Orrery.Contracts.Clusters;
using Orrery.Contracts.Runs;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Server.Clusters.Requests;

/// <summary>From the documented body to a checked spec; everything that is wrong is told at once.</summary>
internal static class CreateRules
{
    public const int LongestName = 64;
    public const int LongestDescription = 4096;
    public const int LongestImage = 512;
    public const int MostRetries = 50;
    public const long LongestTime = 10L * 366 * 86_400;
    public const int HighestPriority = 2;
    private const int MostNodes = 1000;
    private const int MostDependencies = 100;
    private const long DefaultTtl = 60;
    private const string DefaultVersion = "v1";

    public static CheckedSpec Check(CreateWorkloadRequest request, CreateContext context)
    {
        var errors = new FieldErrors();
        errors.Unknown("", request.Unknown?.Keys, context.Strict);
        var workspace = Workspace(request.WorkspaceId, context, errors);
        var spec = Read(request, context, errors);
        var env = EnvRules.Read(request.Env, errors);
        CheckKind(spec, errors);
        if (workspace is not null)
            CheckAgainst(spec, workspace, errors);
        foreach (var unknown in spec.Dependencies.Where(id => !context.KnownDependencies.Contains(id)))
            errors.Add("dependencies", $"there is no workload '{Server.Errors.Refuse.Shorten(unknown)}' that you may see");
        return new CheckedSpec(errors.Any ? null : spec, env, errors.All, errors.Code, errors.Warnings);
    }

    private static WorkspaceFacts? Workspace(string? id, CreateContext context, FieldErrors errors)
    {
        if (id is null or "")
            errors.Add("workspaceId", "is required");
        else if (context.Workspace(id) is { } workspace)
            return workspace;
        else
            errors.Add("workspaceId", $"there is no workspace '{Server.Errors.Refuse.Shorten(id)}' that you may use", "WorkspaceNotFound");
        return null;
    }

    private static ClusterSpec Read(CreateWorkloadRequest request, CreateContext context, FieldErrors errors)
    {
        var kind = Kind(request.GroupVersionKind, context.Strict, errors);
        var (startAt, cron) = ScheduleRules.Read(request.CronJobs, context.Now, context.Strict, errors);
        var nodes = Unique("specifiedNodes", request.SpecifiedNodes, MostNodes, errors);
        var isService = WorkloadKinds.IsService(kind);
        errors.Unknown("resource", request.Resource?.Unknown?.Keys, context.Strict);
        errors.Printable("description", request.Description?.ReplaceLineEndings(" "), LongestDescription);
        errors.Printable("image", request.Image, LongestImage);
        errors.Range("priority", request.Priority, 0, HighestPriority);
        errors.Range("timeout", request.Timeout, 0, LongestTime);
        errors.Range("maxRetry", request.MaxRetry, 0, MostRetries);
        errors.Range("ttlSecondsAfterFinished", request.TtlSecondsAfterFinished, 0, LongestTime);
        return ResourceRules.Read(
            new ClusterSpec
            {
                DisplayName = Name(request.DisplayName, kind, errors),
                Description = request.Description ?? "",
                WorkspaceId = request.WorkspaceId ?? "",
                Kind = kind,
                Version = DefaultVersion,
                Replicas = Replicas(request.Resource?.Replica ?? 0, nodes.Count, errors),
                SpecifiedNodes = nodes,
                Cpu = request.Resource?.Cpu ?? "",
                Memory = request.Resource?.Memory ?? "",
                Gpu = request.Resource?.Gpu ?? "",
                EphemeralStorage = request.Resource?.EphemeralStorage ?? "",
                SharedMemory = request.Resource?.SharedMemory ?? "",
                Image = request.Image ?? "",
                EntryPoint = EntryPoint(request.EntryPoint ?? "", kind, errors),
                IsSupervised = request.IsSupervised ?? false,
                Priority = request.Priority ?? 0,
                TimeoutS = request.Timeout ?? 0,
                MaxRetry = request.MaxRetry ?? 0,
                TtlS = request.TtlSecondsAfterFinished ?? DefaultTtl,
                CustomerLabels = EnvRules.Labels(request.CustomerLabels, errors),
                Liveness = ServiceRules.Probe("liveness", request.Liveness, isService, context.Strict, errors),
                Readiness = ServiceRules.Probe("readiness", request.Readiness, isService, context.Strict, errors),
                Service = ServiceRules.Read(request.Service, context.Strict, errors),
                Dependencies = Unique("dependencies", request.Dependencies, MostDependencies, errors),
                StartAt = startAt,
                Cron = cron,
                IsTolerateAll = request.IsTolerateAll ?? false,
            },
            "resource.",
            errors);
    }

    /// <summary>What holds for a spec whatever it was made from: create and patch both end here.</summary>
    public static void CheckKind(ClusterSpec spec, FieldErrors errors, string prefix = "resource.")
    {
        if (spec.MaxRetry > 0 && spec.Kind != WorkloadKinds.PyTorchJob)
            errors.Add("maxRetry", $"is for PyTorchJob; a {spec.Kind} {(spec.Kind == WorkloadKinds.Authoring ? "is not tried again" : "restarts by itself")}");
        if (spec is { Kind: WorkloadKinds.Authoring, Replicas: > 1 })
            errors.Add(prefix + "replica", "must be 1 for Authoring");
    }

    public static void CheckAgainst(ClusterSpec spec, WorkspaceFacts workspace, FieldErrors errors, string prefix = "resource.")
    {
        if (spec.Priority == HighestPriority && !workspace.CallerIsAdmin)
            errors.Add("priority", "2 is for the workspace's admins", "Forbidden");
        if (workspace.Backend == BackendFactory.Kubernetes && spec.Image.Length == 0)
            errors.Add("image", "is required on a Kubernetes cluster");
        if (workspace.Nodes.Count > 0)
        {
            foreach (var node in spec.SpecifiedNodes.Where(name => workspace.Nodes.All(node => node.Name != name)))
                errors.Add("specifiedNodes", $"there is no node '{Server.Errors.Refuse.Shorten(node)}'; there are: {string.Join(", ", workspace.Nodes.Take(20).Select(one => one.Name))}");
        }
        if (spec is { CpuMillis: > 0, MemoryBytes: > 0, Replicas: > 0 })
            ResourceRules.Fit(spec, workspace, prefix, errors);
    }

    public static string EntryPoint(string base64, string kind, FieldErrors errors)
    {
        if (base64.Length == 0)
        {
            if (kind != WorkloadKinds.Authoring)
                errors.Add("entryPoint", "is required: base64 of the command; encode it like: echo 'python train.py' | base64 -w0");
        }
        else if (EntryPoints.Problem(base64) is { } problem)
        {
            errors.Add("entryPoint", problem);
        }
        return base64;
    }

    private static string Kind(GroupVersionKind? gvk, bool strict, FieldErrors errors)
    {
        errors.Unknown("groupVersionKind", gvk?.Unknown?.Keys, strict);
        if (gvk?.Version is not (null or "" or DefaultVersion))
            errors.Add("groupVersionKind.version", "must be v1");
        if (gvk?.Kind is null or "")
            return WorkloadKinds.PyTorchJob;
        if (!WorkloadKinds.All.Contains(gvk.Kind))
            errors.Add("groupVersionKind.kind", $"must be one of: {string.Join(", ", WorkloadKinds.All)}");
        return gvk.Kind;
    }

    private static string Name(string? name, string kind, FieldErrors errors)
    {
        if (name is null or "")
            errors.Add("displayName", "is required");
        else if (name.Length > LongestName || name.Any(char.IsControl))
            errors.Add("displayName", $"must be 1 to {LongestName} printable characters");
        else if (WorkloadNames.Stem(name, kind).Length == 0)
            errors.Add("displayName", "must have a letter a-z or a digit: the id is made from them");
        return name ?? "";
    }

    private static int Replicas(int asked, int nodes, FieldErrors errors)
    {
        if (nodes > 0)
            return nodes;
        if (asked is < 1 or > ResourceRules.MostReplicas)
            errors.Add("resource.replica", $"must be from 1 to {ResourceRules.MostReplicas}; it may be left out only with specifiedNodes");
        return asked;
    }

    private static IReadOnlyList<string> Unique(string field, List<string>? values, int most, FieldErrors errors)
    {
        if (values is null)
            return [];
        if (values.Count > most)
        {
            errors.Add(field, $"must have at most {most} elements");
            return [];
        }
        if (values.Any(value => value is null or { Length: 0 or > 253 } || value.Any(char.IsControl)))
            errors.Add(field, "must be names of 1 to 253 printable characters");
        else if (values.Distinct(StringComparer.Ordinal).Count() != values.Count)
            errors.Add(field, "must not name one twice");
        return [.. values.Where(value => value is not null)];
    }
}
