using Xunit;

namespace Orrery.Backends.Tests;

/// <summary>
/// Tests on a real cluster change it for one another: one class at a time. And none beside other tests: while those
/// made mount namespaces here, a node of a cluster on this machine once could not remove a pod's network ("device or resource busy").
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public static class RealClusters
{
    public const string Name = "real clusters";
}
