namespace Orrery.Node.Protocol;

/// <summary>What the node process says of itself.</summary>
/// <param name="BootId">Of the kernel: changes when the machine restarts.</param>
public sealed record NodeHealth(string Version, int Pid, string BootId, IsolationFacts Isolation);

/// <summary>What keeps pods apart on this machine.</summary>
/// <param name="Root">The node runs as root: each workspace has its own user.</param>
/// <param name="Namespaces">Pods have private pid and mount namespaces.</param>
/// <param name="Network">Pods have an address of their own on a bridge.</param>
/// <param name="Cgroup">v1, v2 or none.</param>
/// <param name="Problems">What cannot be had, in words.</param>
public sealed record IsolationFacts(bool Root, bool Namespaces, bool Network, string Cgroup, IReadOnlyList<string> Problems);
