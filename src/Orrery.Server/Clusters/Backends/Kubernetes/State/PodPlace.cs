namespace Orrery.Server.Clusters.Backends.Kubernetes.State;

/// <param name="Namespace">Of the pod.</param>
/// <param name="Name">The pod's.</param>
/// <param name="Container">Of the user's program.</param>
internal sealed record PodPlace(string Namespace, string Name, string? Container);
