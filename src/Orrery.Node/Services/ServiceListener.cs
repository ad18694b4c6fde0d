using System.Net;
using System.Net.Sockets;
using Orrery.Contracts.Runs;
using Orrery.Node.Hosting;
using Orrery.Node.Runs;

namespace Orrery.Node.Services;

/// <summary>Keeps the service of a workload listening at its addresses.</summary>
internal sealed class ServiceListener(NodeServices node) : IAsyncDisposable
{
    private readonly Dictionary<IPEndPoint, IAsyncDisposable> proxies = [];
    private readonly List<string> warnings = [];
    private ServiceSpec? listening;

    public Backends Backends { get; } = new();

    public IReadOnlyList<string> Warnings => warnings;

    /// <summary>New connections go to the pods that are ready and stay.</summary>
    public void Spread(RunState state) => Backends.Set(state.Pods.Where(p => p.IsReady && p.Stop is null).Select(p => p.Ip));

    /// <summary>Listens as the run wants it.</summary>
    public async Task Apply(RunState state)
    {
        if (state.Spec.Service == listening)
            return;
        await Close();
        listening = state.Spec.Service;
        if (listening is null)
            return;
        TakeAddresses(state);
        foreach (var address in Addresses(state, listening))
            Listen(address, listening);
    }

    /// <summary>Gives the addresses back.</summary>
    public async Task Release(RunState state)
    {
        await Close();
        if (state.ServiceIp is { } ip)
            node.Machine.Bridge?.RemoveAddress(ip);
        node.Addresses.Release(state.ServiceIp);
        node.Addresses.Release(state.ServiceLoopback);
    }

    public async ValueTask DisposeAsync() => await Close();

    private void TakeAddresses(RunState state)
    {
        if (state.ServiceIp is { } old && !node.Addresses.Fits(old))
            state.ServiceIp = null;
        state.ServiceIp ??= node.Addresses.TakeForService();
        state.ServiceLoopback ??= node.Addresses.TakeLoopback();
        if (state.ServiceIp is null || node.Machine.Bridge?.AddAddress(state.ServiceIp) == true)
            return;
        warnings.Add("the service has no address of its own on the bridge; only this machine reaches it");
        node.Addresses.Release(state.ServiceIp);
        state.ServiceIp = null;
    }

    private static IEnumerable<IPEndPoint> Addresses(RunState state, ServiceSpec service)
    {
        if (state.ServiceIp is { } ip)
            yield return new(IPAddress.Parse(ip), service.Port);
        if (state.ServiceLoopback is { } loopback)
            yield return new(IPAddress.Parse(loopback), service.Port);
        if (service.ServiceType == "NodePort")
            yield return new(IPAddress.Any, service.NodePort);
    }

    private void Listen(IPEndPoint address, ServiceSpec service)
    {
        try
        {
            proxies.Add(address, service.Protocol == "UDP"
                ? new UdpProxy(address, service.TargetPort, Backends, node.Options.UdpIdle, node.Clock)
                : new TcpProxy(address, service.TargetPort, Backends));
        }
        catch (SocketException e)
        {
            warnings.Add($"the service cannot listen at {address}: {e.Message}");
        }
    }

    private async Task Close()
    {
        foreach (var proxy in proxies.Values)
            await proxy.DisposeAsync();
        proxies.Clear();
        warnings.Clear();
        listening = null;
    }
}
