using System.Collections.Concurrent;
using System.Net;

namespace Orrery.Node.Services;

/// <summary>The ready pods behind a service, in turn, and how many connections each has.</summary>
internal sealed class Backends
{
    private readonly ConcurrentDictionary<IPAddress, int> connections = [];
    private IPAddress[] ready = [];
    private uint turn;

    /// <summary>A pod that is not among them gets no new connection from here on: then, and only then, <see cref="IsBusy"/> says whether it may be ended.</summary>
    public void Set(IEnumerable<string> ips) => Interlocked.Exchange(ref ready, [.. ips.Select(IPAddress.Parse)]); // a full fence: entries are looked at after it

    /// <summary>All ready pods, beginning with the next in turn.</summary>
    public IPAddress[] InTurn()
    {
        var all = Volatile.Read(ref ready);
        if (all.Length == 0)
            return all;
        var first = (int)(Interlocked.Increment(ref turn) % (uint)all.Length);
        return [.. all[first..], .. all[..first]];
    }

    public bool IsReady(IPAddress pod) => Volatile.Read(ref ready).Contains(pod);

    public void Enter(IPAddress pod) => connections.AddOrUpdate(pod, 1, (_, n) => n + 1);

    public void Leave(IPAddress pod) => connections.AddOrUpdate(pod, 0, (_, n) => n - 1);

    public bool IsBusy(string ip) => IPAddress.TryParse(ip, out var pod) && connections.GetValueOrDefault(pod) > 0;
}
