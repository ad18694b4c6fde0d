using System.Security.Cryptography;
using System.Text;
using Orrery.Node.Hosting;
using Orrery.Node.Network;
using Orrery.Node.Posix;
using Orrery.Node.Protocol;

namespace Orrery.Node.Isolation;

/// <summary>What this machine gives: found out once, when the node starts.</summary>
internal sealed class Machine
{
    private readonly List<string> problems = [];

    public Machine(NodeFolder folder, bool usesNamespaces)
    {
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Data)))[..8];
        IsRoot = Native.EffectiveUser() == 0;
        Mode = FindMode(usesNamespaces);
        Cgroups = Cgroups.Find(Hash, IsRoot, problems);
        Bridge = Mode == IsolationMode.Root ? Bridge.Create(Hash, problems) : null;
        if (!IsRoot)
            problems.Add("not root: pods share this user, the network and the machine's processors; memory is limited per process only");
    }

    /// <summary>Of the data folder: names what belongs to this node on the machine.</summary>
    public string Hash { get; }

    public bool IsRoot { get; }

    public IsolationMode Mode { get; }

    public Cgroups Cgroups { get; }

    public Bridge? Bridge { get; }

    public IReadOnlyList<string> Problems => problems;

    public IsolationFacts Facts() => new(IsRoot, Mode != IsolationMode.Plain, Bridge is not null, Cgroups.Version, [.. problems]);

    private IsolationMode FindMode(bool usesNamespaces)
    {
        string[] wanted = ["--pid", "--fork", "--kill-child", "--mount", "--ipc", "--uts"];
        string[] proof = ["/bin/sh", "-c", "mount -t proc proc /proc && mount -t tmpfs none /dev/shm"];
        if (usesNamespaces && IsRoot && Tool.Succeeds("unshare", [.. wanted, .. proof]))
            return IsolationMode.Root;
        if (usesNamespaces && !IsRoot && Tool.Succeeds("unshare", ["--user", "--map-current-user", "--keep-caps", .. wanted, .. proof]))
            return IsolationMode.User;
        problems.Add(
            "no namespaces: pods see each other's processes; a process that leaves its session and clears its environment " +
            "can outlive its pod");
        return IsolationMode.Plain;
    }
}
