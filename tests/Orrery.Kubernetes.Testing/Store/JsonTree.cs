using System.Globalization;
using System.Text.Json.Nodes;

namespace Orrery.Kubernetes.Testing.Store;

/// <summary>Short words for what is done with objects all the time.</summary>
internal static class JsonTree
{
    public static JsonObject Copy(this JsonObject item) => item.DeepClone().AsObject();

    public static JsonObject Meta(this JsonObject item) => item.Child("metadata");

    /// <summary>A member that is an object, made when it is not there.</summary>
    public static JsonObject Child(this JsonObject item, string name)
    {
        if (item[name] is JsonObject child)
            return child;
        child = [];
        item[name] = child;
        return child;
    }

    public static string? Text(this JsonNode? item, params ReadOnlySpan<string> path) => item.At(path) is JsonValue value ? value.ToString() : null;

    public static long? Number(this JsonNode? item, params ReadOnlySpan<string> path) => item.At(path) is JsonValue value ? (long)value.AsNumber() : null;

    public static JsonArray List(this JsonNode? item, params ReadOnlySpan<string> path) => item.At(path) as JsonArray ?? [];

    public static JsonNode? At(this JsonNode? item, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            item = (item as JsonObject)?[name];
        return item;
    }

    public static string Name(this JsonObject item) => item.Text("metadata", "name") ?? "";

    public static string Namespace(this JsonObject item) => item.Text("metadata", "namespace") ?? "";

    public static string Uid(this JsonObject item) => item.Text("metadata", "uid") ?? "";

    public static bool IsDeleting(this JsonObject item) => item.At("metadata", "deletionTimestamp") is not null;

    public static Dictionary<string, string> Map(this JsonNode? item, params ReadOnlySpan<string> path) =>
        (item.At(path) as JsonObject)?.ToDictionary(pair => pair.Key, pair => pair.Value?.ToString() ?? "", StringComparer.Ordinal) ?? [];

    /// <summary>Sets or replaces a condition.</summary>
    public static void Condition(this JsonObject status, string type, bool holds, string reason, string message, string now)
    {
        var conditions = status["conditions"] as JsonArray ?? [];
        status["conditions"] = conditions;
        var known = conditions.OfType<JsonObject>().FirstOrDefault(one => one.Text("type") == type);
        var value = holds ? "True" : "False";
        if (known is not null && known.Text("status") == value && known.Text("reason") == reason && known.Text("message") == message)
            return;
        if (known is not null)
            conditions.Remove(known);
        conditions.Add(new JsonObject { ["type"] = type, ["status"] = value, ["reason"] = reason, ["message"] = message, ["lastTransitionTime"] = now });
    }

    /// <summary>Kubernetes keeps whole seconds.</summary>
    public static string Stamp(this TimeProvider clock) => clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static double AsNumber(this JsonValue value) => double.Parse(value.ToString(), CultureInfo.InvariantCulture);
}
