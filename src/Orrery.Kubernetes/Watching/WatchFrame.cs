using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Orrery.Kubernetes.Errors;
using Orrery.Kubernetes.Objects;

namespace Orrery.Kubernetes.Watching;

/// <summary>One line of a watch.</summary>
internal sealed record WatchFrame(string Type, JsonElement Object)
{
    /// <exception cref="KubernetesApiException">The line is an error: <see cref="KubernetesGoneException"/> when the version is too old.</exception>
    /// <exception cref="KubernetesProtocolException">The line is not an event.</exception>
    public static WatchEvent<T> Read<T>(in ReadOnlySequence<byte> line, JsonTypeInfo<T> type)
        where T : IKubernetesObject
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            var frame = JsonSerializer.Deserialize(ref reader, WatchJson.Default.WatchFrame) ?? throw Unknown();
            return frame.Type switch
            {
                "ADDED" => new WatchEvent<T>.Changed(frame.As(type), IsNew: true),
                "MODIFIED" => new WatchEvent<T>.Changed(frame.As(type), IsNew: false),
                "DELETED" => new WatchEvent<T>.Deleted(frame.As(type)),
                "BOOKMARK" => new WatchEvent<T>.Bookmark(frame.As(WatchJson.Default.BookmarkObject).Metadata.ResourceVersion ?? throw Unknown()),
                "ERROR" => throw ErrorReader.Of(frame.As(KubernetesJson.Default.Status)),
                _ => throw Unknown(),
            };
        }
        catch (JsonException e)
        {
            throw new KubernetesProtocolException($"An event of a watch is not what was expected, at {e.Path}.");
        }
    }

    private TValue As<TValue>(JsonTypeInfo<TValue> type) => Object.Deserialize(type) ?? throw Unknown();

    private static KubernetesProtocolException Unknown() => new("An event of a watch is of no known type.");
}

/// <summary>The part of a bookmark that counts.</summary>
internal sealed record BookmarkObject
{
    public ObjectMeta Metadata { get; init; } = new();
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WatchFrame))]
[JsonSerializable(typeof(BookmarkObject))]
internal sealed partial class WatchJson : JsonSerializerContext;
