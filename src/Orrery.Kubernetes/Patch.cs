using System.Text.Json;

namespace Orrery.Kubernetes;

/// <summary>A change to an object, in one of Kubernetes' three forms.</summary>
public sealed class Patch
{
    private Patch(string contentType, ReadOnlyMemory<byte> body, bool mayRepeat) => (ContentType, Body, MayRepeat) = (contentType, body, mayRepeat);

    internal string ContentType { get; }

    internal ReadOnlyMemory<byte> Body { get; }

    /// <summary>Doing it twice does what doing it once does.</summary>
    internal bool MayRepeat { get; }

    /// <summary>RFC 7386: null removes, lists are replaced.</summary>
    public static Patch Merge(JsonElement body) => new("application/merge-patch+json", Bytes(body), mayRepeat: true);

    /// <summary>Kubernetes' own: lists of things with names are merged by their keys. Built-in kinds only.</summary>
    public static Patch Strategic(JsonElement body) => new("application/strategic-merge-patch+json", Bytes(body), mayRepeat: true);

    /// <summary>RFC 6902: operations in order. It is not repeated when its answer is lost.</summary>
    public static Patch Operations(JsonElement body) => new("application/json-patch+json", Bytes(body), mayRepeat: false);

    private static byte[] Bytes(JsonElement body) => JsonSerializer.SerializeToUtf8Bytes(body, Objects.KubernetesJson.Default.JsonElement);
}
