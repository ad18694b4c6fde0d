using System.Globalization;

namespace Orrery.Node.Network;

/// <summary>Gives addresses to pods and services; what is in use is told at start by those who use it.</summary>
internal sealed class AddressPool(Bridge? bridge, string hash)
{
    private const string Nobody = "127.0.0.1";

    private readonly HashSet<string> used = [];
    private readonly Lock gate = new();
    private readonly uint seed = uint.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    public bool HasOwnAddresses => bridge is not null;

    /// <summary>For pods that start together. Null when the bridge has not so many left: a pod never shares the machine's own network for want of an address.</summary>
    public IReadOnlyList<string>? TakeForPods(int count)
    {
        if (bridge is null)
            return [.. Enumerable.Range(0, count).Select(_ => Take(LoopbackPods()) ?? Nobody)];
        lock (gate)
        {
            var free = OnBridge().Where(ip => !used.Contains(ip)).Take(count).ToList();
            if (free.Count < count)
                return null;
            used.UnionWith(free);
            return free;
        }
    }

    /// <summary>For a service on the bridge; null without one.</summary>
    public string? TakeForService() => bridge is null ? null : Take(OnBridge());

    /// <summary>For a service on loopback.</summary>
    public string TakeLoopback() => Take(Enumerable.Range(2, 60_000).Select(n => (uint)n + seed)
        .Select(n => $"127.77.{n / 254 % 256}.{(n % 254) + 1}")) ?? Nobody;

    public void Reserve(string? ip)
    {
        if (string.IsNullOrEmpty(ip) || ip == Nobody)
            return;
        lock (gate)
            used.Add(ip);
    }

    public void Release(string? ip)
    {
        lock (gate)
            used.Remove(ip ?? "");
    }

    /// <summary>An address of before, that this node could give too: it may change when the machine restarts.</summary>
    public bool Fits(string ip) => bridge is null ? ip.StartsWith("127.", StringComparison.Ordinal) : bridge.Owns(ip);

    public IReadOnlySet<string> Used()
    {
        lock (gate)
            return used.ToHashSet();
    }

    private string? Take(IEnumerable<string> candidates)
    {
        lock (gate)
            return candidates.FirstOrDefault(used.Add);
    }

    private IEnumerable<string> OnBridge() => Enumerable.Range(2, 253).Select(n => bridge!.Prefix + n);

    /// <summary>127.64.0.0/10 without 127.77, where services are; nodes of other data folders start elsewhere.</summary>
    private IEnumerable<string> LoopbackPods()
    {
        var second = 64 + (seed % 64);
        if (second == 77)
            second = 78;
        return Enumerable.Range(0, 256 * 254).Select(n => $"127.{second}.{((n / 254) + (seed >> 8)) % 256}.{(n % 254) + 1}");
    }
}
