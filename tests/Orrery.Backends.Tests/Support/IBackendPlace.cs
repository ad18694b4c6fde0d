using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Backends.Tests.Support;

/// <summary>Where a backend keeps what it must not forget: it outlives the objects that are opened on it.</summary>
internal interface IBackendPlace
{
    /// <summary>A node that runs pods.</summary>
    string NodeName { get; }

    /// <summary>What runs are given their files from.</summary>
    IContentStore Contents { get; }

    /// <summary>What a server that has just started opens; the one before may have been killed.</summary>
    IClusterBackend Open();

    /// <summary>Processes or objects that there are of a workload.</summary>
    IReadOnlyList<string> Left(string workloadId);
}
