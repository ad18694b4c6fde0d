using System.Security.Cryptography.X509Certificates;
using Orrery.Kubernetes.Testing.Api;

namespace Orrery.Kubernetes.Testing;

public sealed record ApiServerDoubleOptions
{
    /// <summary>Null: http.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Bearer tokens that are taken; null, with no thumbprint either: anyone is.</summary>
    public IReadOnlyCollection<string>? Tokens { get; init; }

    /// <summary>What those may do that come with a token; with another, everything.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<AccessRule>> Rights { get; init; } = new Dictionary<string, IReadOnlyList<AccessRule>>();

    /// <summary>Of the client certificate that is taken.</summary>
    public string? ClientThumbprint { get; init; }

    /// <summary>Installed definitions.</summary>
    public IReadOnlyList<ResourceKind> Custom { get; init; } = [];

    public IReadOnlyList<string> Nodes { get; init; } = ["node-1"];

    /// <summary>Pods run no process: they are told to run, and after so long to have succeeded. For load, as the hollow nodes of kubemark. Null: pods are processes.</summary>
    public TimeSpan? HollowFor { get; init; }

    /// <summary>A node starts the containers of a pod one after the other, so far apart.</summary>
    public TimeSpan StartPause { get; init; }

    /// <summary>A new namespace gets its service account so late.</summary>
    public TimeSpan AccountPause { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
