using System.Text.Json.Nodes;
using Orrery.Kubernetes.Testing.Store;

namespace Orrery.Kubernetes.Testing.Api;

/// <summary>An answer that is a Status of failure.</summary>
internal sealed class RefusalException(int code, string reason, string message, JsonArray? causes = null) : Exception(message)
{
    public int Code => code;

    public JsonObject Status()
    {
        var details = new JsonObject();
        if (causes is not null)
            details["causes"] = causes.DeepClone();
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = reason,
            ["details"] = details,
            ["code"] = code,
        };
    }

    public static RefusalException NotFound(ObjectKey key) => new(404, "NotFound", $"{key.Resource} \"{key.Name}\" not found");

    public static RefusalException NoResource() => new(404, "NotFound", "the server could not find the requested resource");

    public static RefusalException AlreadyExists(ObjectKey key) => new(409, "AlreadyExists", $"{key.Resource} \"{key.Name}\" already exists");

    public static RefusalException Conflict(ObjectKey key, string why, JsonArray? causes = null) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {key.Resource} \"{key.Name}\": {why}", causes);

    public static RefusalException Expired(string message) => new(410, "Expired", message);

    public static RefusalException BadRequest(string message) => new(400, "BadRequest", message);

    public static RefusalException Forbidden(ObjectKey key, string why) => new(403, "Forbidden", $"{key.Resource} \"{key.Name}\" is forbidden: {why}");

    public static RefusalException Invalid(string kind, string name, params (string Reason, string Field, string Message)[] wrong) => new(
        422, "Invalid", $"{kind} \"{name}\" is invalid: {string.Join(", ", wrong.Select(one => $"{one.Field}: {one.Message}"))}",
        [.. wrong.Select(one => new JsonObject { ["reason"] = one.Reason, ["message"] = one.Message, ["field"] = one.Field })]);
}
