using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Orrery.Kubernetes.Testing.Api;

namespace Orrery.Kubernetes.Testing;

/// <summary>An answer that goes wrong.</summary>
internal sealed record PlannedFault(int Status, int? RetryAfterSeconds, bool BreaksOff)
{
    public async Task Answer(HttpContext http)
    {
        if (BreaksOff)
        {
            http.Abort();
            return;
        }
        if (RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = $"{seconds}";
        await ApiHandler.Answer(http, Status, new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["status"] = "Failure", ["code"] = Status, ["message"] = "planned" });
    }
}
