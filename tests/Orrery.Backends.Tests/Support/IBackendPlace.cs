using Orrery.Server.Artifacts;
using Orrery.Server.Clusters.Backends;

namespace Orrery.Backends.Tests.Support;

/// <summary>Where a backend keeps what it must not forget: it outlives the objects that are opened on it.</summary>
internal interface IBackendPlace
{
    /// <summary>A node that runs pods.</summary>
    string NodeName { get; }

    /// <summary>The workspace that runs are in.</summary>
    string Workspace => "compliance";

    /// <summary>Why there is none here; null: there is.</summary>
    string? Missing => null;

    /// <summary>Of the pods; null: they need none.</summary>
    string? Image => null;

    /// <summary>A command that serves the working folder on port 8000.</summary>
    string WebServer => "exec python3 -m http.server 8000 2>/dev/null";

    /// <summary>What runs are given their files from.</summary>
    IContentStore Contents { get; }

    /// <summary>What a server that has just started opens; the one before may have been killed.</summary>
    IClusterBackend Open();

    /// <summary>What lives of a workload, or makes something live again.</summary>
    IReadOnlyList<string> Left(string workloadId);

    /// <summary>What there is of a workload at all; nothing once it is removed.</summary>
    IReadOnlyList<string> Everything(string workloadId) => Left(workloadId);
}
