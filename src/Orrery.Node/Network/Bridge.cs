using System.Globalization;
using System.Net;
using Orrery.Node.Posix;

namespace Orrery.Node.Network;

/// <summary>A bridge of this machine on which every pod has an address.</summary>
internal sealed class Bridge
{
    private const int Attempts = 64;

    private Bridge(string hash, string name, string prefix) => (Hash, Name, Prefix) = (hash, name, prefix);

    private string Hash { get; }

    public string Name { get; }

    /// <summary>The first three numbers of the /24, with a dot at the end.</summary>
    public string Prefix { get; }

    public string Gateway => Prefix + "1";

    /// <returns>Null when the machine gives none; the reason is in the problems.</returns>
    public static Bridge? Create(string hash, List<string> problems)
    {
        var name = "orr" + hash;
        if (Existing(name) is { } prefix)
        {
            Tool.Run("ip", "link", "set", name, "up");
            return new(hash, name, prefix);
        }
        var bridge = new Bridge(hash, name, FreePrefix(hash));
        string[][] steps =
        [
            ["link", "add", name, "type", "bridge"],
            ["addr", "add", bridge.Gateway + "/24", "dev", name],
            ["link", "set", name, "up"],
        ];
        foreach (var step in steps)
        {
            var (code, output) = Tool.Run("ip", step);
            // The link may stand there without an address, left by a node that was killed.
            if (code == 0 || (step[1] == "add" && output.Contains("File exists")))
                continue;
            problems.Add($"pods have no addresses of their own: no bridge can be made ({output.Trim()})");
            return null;
        }
        return bridge;
    }

    /// <summary>The host's end of a pod's cable, by the last number of the address: 15 characters at most.</summary>
    public string CableOf(string ip) => $"ov{Hash}{int.Parse(ip[Prefix.Length..], CultureInfo.InvariantCulture):x2}";

    public string NamespaceOf(string ip) => $"{Name}-{ip}";

    /// <summary>The same for an address always, so that neighbours need not learn anew after a restart.</summary>
    public static string HardwareAddress(string ip)
    {
        var bytes = IPAddress.Parse(ip).GetAddressBytes();
        return $"02:6f:{bytes[0]:x2}:{bytes[1]:x2}:{bytes[2]:x2}:{bytes[3]:x2}";
    }

    /// <summary>Adds an address for a service; true when it is there.</summary>
    public bool AddAddress(string ip)
    {
        var (code, output) = Tool.Run("ip", "addr", "add", ip + "/32", "dev", Name);
        return code == 0 || output.Contains("File exists") || output.Contains("already assigned");
    }

    public void RemoveAddress(string ip) => Tool.Run("ip", "addr", "del", ip + "/32", "dev", Name);

    public void Disconnect(string ip)
    {
        if (File.Exists($"/run/netns/{NamespaceOf(ip)}"))
            Tool.Run("ip", "netns", "del", NamespaceOf(ip)); // the kernel takes the cable with it, if not at once
        else if (Directory.Exists($"/sys/class/net/{CableOf(ip)}"))
            Tool.Run("ip", "link", "del", CableOf(ip));
    }

    /// <summary>Removes cables, namespaces and service addresses of which no one is left.</summary>
    public void Clean(IReadOnlySet<string> used)
    {
        var keepCables = used.Where(Owns).Select(CableOf).ToHashSet();
        foreach (var cable in Links().Where(l => l.StartsWith("ov" + Hash, StringComparison.Ordinal) && !keepCables.Contains(l)))
            Tool.Run("ip", "link", "del", cable);
        var names = Tool.Run("ip", "netns", "list").Output.Split('\n').Select(l => l.Split(' ')[0]);
        foreach (var name in names.Where(n => n.StartsWith(Name + "-", StringComparison.Ordinal) && !used.Contains(n[(Name.Length + 1)..])))
            Tool.Run("ip", "netns", "del", name);
        foreach (var address in Addresses(Name).Where(a => a != Gateway && !used.Contains(a)))
            RemoveAddress(address);
    }

    public bool Owns(string ip) => ip.StartsWith(Prefix, StringComparison.Ordinal);

    public void Remove() => Tool.Run("ip", "link", "del", Name);

    private static IEnumerable<string> Links() =>
        Tool.Run("ip", "-o", "link", "show").Output.Split('\n').Select(l => l.Split(' ')).Where(f => f.Length > 1)
            .Select(f => f[1].TrimEnd(':').Split('@')[0]);

    private static string? Existing(string name) => Addresses(name).FirstOrDefault(a => a.EndsWith(".1", StringComparison.Ordinal))?[..^1];

    private static IEnumerable<string> Addresses(string? device = null)
    {
        var (code, output) = device is null
            ? Tool.Run("ip", "-o", "-4", "addr", "show")
            : Tool.Run("ip", "-o", "-4", "addr", "show", "dev", device);
        return code != 0 ? [] : output.Split('\n')
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(f => f.Length > 3)
            .Select(f => f[3].Split('/')[0]);
    }

    /// <summary>A /24 of 10.200.0.0/14 by the hash, the next one while another interface or route has it.</summary>
    private static string FreePrefix(string hash)
    {
        var taken = string.Join('\n', Addresses()) + "\n" + Tool.Run("ip", "-4", "route").Output;
        var number = uint.Parse(hash, NumberStyles.HexNumber, CultureInfo.InvariantCulture) % 1024;
        for (var attempt = 0; attempt < Attempts; attempt++, number = (number + 1) % 1024)
        {
            var prefix = $"10.{200 + (number / 256)}.{number % 256}.";
            if (!taken.Contains(prefix))
                return prefix;
        }
        return $"10.{200 + (number / 256)}.{number % 256}.";
    }
}
