using System.Text.Json.Nodes;

namespace Orrery.Kubernetes.Testing.Store;

/// <summary>Where an object is.</summary>
public readonly record struct ObjectKey(string Resource, string Namespace, string Name);

/// <summary>One change of one object. Neither node is changed by anyone.</summary>
/// <param name="Version">The resource version that it made.</param>
/// <param name="Key">The object.</param>
/// <param name="Now">Null when it is gone.</param>
/// <param name="Before">Null when it is new.</param>
internal sealed record StoredEvent(long Version, ObjectKey Key, JsonObject? Now, JsonObject? Before);
