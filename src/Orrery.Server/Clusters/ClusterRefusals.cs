using Orrery.Server.Errors;

namespace Orrery.Server.Clusters;

/// <summary>The refusals of <c>/api/v1</c>, by code.</summary>
internal static class ClusterRefusals
{
    public static ApiException WorkloadNotFound(string id) => new(404, "WorkloadNotFound", $"There is no workload '{Refuse.Shorten(id)}' that you may see.");

    public static ApiException WorkspaceNotFound(string id) => new(404, "WorkspaceNotFound", $"There is no workspace '{Refuse.Shorten(id)}' that you may use.");

    public static ApiException PodNotFound(string podId, string workloadId) =>
        new(404, "PodNotFound", $"Workload '{workloadId}' has no pod '{Refuse.Shorten(podId)}'.");

    public static ApiException Forbidden(string message) => new(403, "Forbidden", message);

    public static ApiException Conflict(string message) => new(409, "Conflict", message);

    public static ApiException AlreadyExists(string message) => new(409, "AlreadyExists", message);

    public static ApiException PreconditionFailed() =>
        new(412, "PreconditionFailed", "The workload has changed since the version that If-Match names; read it again.");

    /// <summary>Everything that is wrong with a request, at once.</summary>
    public static ApiException Refused(int status, string code, IReadOnlyDictionary<string, string[]> fields) =>
        new(status, code, string.Join("; ", fields.SelectMany(field => field.Value.Select(message => $"{field.Key}: {message}")).Take(10))) { Fields = fields };
}
