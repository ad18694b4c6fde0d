using Orrery.Node.Isolation;
using Orrery.Node.Logs;
using Orrery.Node.Network;
using Orrery.Node.Pods;

namespace Orrery.Node.Hosting;

/// <summary>What the parts of a node share.</summary>
internal sealed class NodeServices(NodeFolder folder, NodeOptions options, TimeProvider clock) : IDisposable
{
    private readonly Machine machine = new(folder, options.Namespaces);
    private AddressPool? addresses;

    public NodeFolder Folder { get; } = folder;

    public NodeOptions Options { get; } = options;

    public TimeProvider Clock { get; } = clock;

    public Machine Machine => machine;

    public AddressPool Addresses => addresses ??= new AddressPool(machine.Bridge, machine.Hash);

    public UserIds Users { get; } = new(folder);

    public LogPump Logs { get; } = new(clock);

    public ScratchMeter Scratch { get; } = new(folder, options, clock);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public void Dispose() => Logs.Dispose();
}
