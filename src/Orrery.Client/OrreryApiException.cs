using System.Net;
using System.Text.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Client;

/// <summary>The server refused a call and said why.</summary>
public sealed class OrreryApiException(HttpStatusCode status, string code, string message) : Exception(message)
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The server's code, like <c>validation_error</c>; <c>http_404</c> and the like when it sent none.</summary>
    public string Code { get; } = code;

    /// <summary>Field → what is wrong with it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Details { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Why no plan can be made (<c>infeasible</c>), as in preview.</summary>
    public IReadOnlyList<PlanReasonView> Reasons { get; init; } = [];

    /// <summary>The error's details as they were sent.</summary>
    public JsonElement? RawDetails { get; init; }

    /// <summary><c>X-Request-Id</c>: what to quote when asking the operator.</summary>
    public string? RequestId { get; init; }
}
