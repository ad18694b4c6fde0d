namespace Orrery.Node.Isolation;

internal enum IsolationMode
{
    /// <summary>No namespaces can be had: processes are found by a marker in their environment.</summary>
    Plain,

    /// <summary>Not root, but the kernel lets users make namespaces.</summary>
    User,

    /// <summary>Root: a user for each workspace, all namespaces.</summary>
    Root,
}
