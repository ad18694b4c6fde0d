using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Orrery.Server.Errors;

/// <summary>Says what is wrong with a body in the words of its fields.</summary>
internal static partial class JsonFault
{
    private const int Deepest = 32;
    private const int MostFaults = 20;

    /// <summary>Text that is not JSON is an invalid body; JSON of the wrong shape is a validation error of one field.</summary>
    public static ApiException Explain(ReadOnlySpan<byte> bytes, JsonException error, JsonTypeInfo type)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = Deepest });
            while (reader.Read())
            {
                // Reading to the end shows whether it is JSON at all.
            }
        }
        catch (JsonException broken)
        {
            return broken.Message.Contains("maximum configured depth", StringComparison.Ordinal)
                ? Refuse.InvalidBody($"The JSON of the body is nested more than {Deepest} levels deep.")
                : Refuse.InvalidBody($"The body is not JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine + 1}.");
        }
        var faults = new Dictionary<string, string[]>();
        using (var document = JsonDocument.Parse(bytes.ToArray(), new JsonDocumentOptions { MaxDepth = Deepest }))
            Collect(document.RootElement, type, "", faults);
        if (faults.Count == 0)
            faults[FieldName(error.Path)] = [Problem(error, type, FieldName(error.Path)).Message];
        return Refuse.Invalid(faults);
    }

    /// <summary>Takes a value apart until what is wrong is found: every member that cannot be read is told, not only the first.</summary>
    private static void Collect(JsonElement value, JsonTypeInfo type, string path, Dictionary<string, string[]> faults)
    {
        if (faults.Count >= MostFaults || Fault(value, type) is not { } error)
            return;
        var before = faults.Count;
        if (value.ValueKind == JsonValueKind.Object && type.Kind is JsonTypeInfoKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (type.Properties.FirstOrDefault(property => property.Name == member.Name) is { } property)
                    Collect(member.Value, TypeOf(property.PropertyType, type), Join(path, member.Name), faults);
            }
        }
        else if (type.ElementType is { } element)
        {
            foreach (var (itemPath, item) in Items(value, type.Kind, path))
                Collect(item, TypeOf(element, type), itemPath, faults);
        }
        if (faults.Count > before)
            return;
        var (field, message) = Problem(error, type, FieldName(error.Path));
        faults[field == "body" && path.Length > 0 ? path : path.Length > 0 ? $"{path}.{field}" : field] = [message];
    }

    private static IEnumerable<(string Path, JsonElement Item)> Items(JsonElement value, JsonTypeInfoKind kind, string path) => (value.ValueKind, kind) switch
    {
        (JsonValueKind.Array, JsonTypeInfoKind.Enumerable) => value.EnumerateArray().Select((item, i) => ($"{path}[{i}]", item)),
        (JsonValueKind.Object, JsonTypeInfoKind.Dictionary) => value.EnumerateObject().Select(member => (Join(path, member.Name), member.Value)),
        _ => [],
    };

    /// <summary>Null: it can be read.</summary>
    private static JsonException? Fault(JsonElement value, JsonTypeInfo type)
    {
        try
        {
            value.Deserialize(type);
            return null;
        }
        catch (JsonException error)
        {
            return error;
        }
    }

    private static (string Field, string Message) Problem(JsonException error, JsonTypeInfo type, string field)
    {
        if (UnknownMember().Match(error.Message) is { Success: true } unknown)
            return (Named(field, unknown.Groups["name"].Value), "is not a member of this request");
        if (error.Message.StartsWith("Duplicate", StringComparison.Ordinal))
            return (field, "is given twice");
        return (field, error.Message.StartsWith("must ", StringComparison.Ordinal) ? error.Message.Split(" Path:")[0] : $"must be {Describe(TypeAt(error.Path, type))}");
    }

    private static JsonTypeInfo TypeOf(Type type, JsonTypeInfo within) => within.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);

    private static string Join(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;

    private static string FieldName(string? path) => path is null or "$" ? "body" : path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : path[1..];

    private static string Named(string field, string name) =>
        field == "body" || field == name || field.EndsWith('.' + name, StringComparison.Ordinal) ? (field == "body" ? name : field) : $"{field}.{name}";

    /// <summary>The type that the contract has at a path like <c>$.model.layers[0].name</c>.</summary>
    private static Type TypeAt(string? path, JsonTypeInfo root)
    {
        var type = root;
        foreach (Match part in PathPart().Matches(path ?? ""))
        {
            var next = part.Groups["name"] is { Success: true } name
                ? type.Properties.FirstOrDefault(property => property.Name == name.Value)?.PropertyType ?? type.ElementType
                : type.ElementType;
            if (next is null)
                break;
            type = TypeOf(next, root);
        }
        return type.Type;
    }

    private static string Describe(Type type) => type switch
    {
        _ when type == typeof(int) || type == typeof(long) => "a whole number within range",
        _ when type == typeof(double) => "a number",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(string) => "a string",
        _ when type == typeof(DateTimeOffset) || type.Name == "EventTime" => "an RFC 3339 time with an offset, like 2026-03-07T14:23:45Z",
        _ when type.Name == "SatelliteRef" => "a NORAD number, like 25544 or \"25544\"",
        _ when type.Name.StartsWith("List", StringComparison.Ordinal) => "an array",
        _ => "an object",
    };

    [GeneratedRegex("The JSON property '(?<name>[^']*)' could not be mapped", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UnknownMember();

    [GeneratedRegex(@"\.(?<name>\w+)|\[\d+\]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathPart();
}
