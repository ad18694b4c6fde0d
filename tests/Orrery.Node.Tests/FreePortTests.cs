using System.Net;
using System.Net.Sockets;
using Orrery.Node.Network;
using Shouldly;
using Xunit;

namespace Orrery.Node.Tests;

public sealed class FreePortTests
{
    [Fact]
    public void Each_is_another_and_none_is_one_at_which_somebody_listens_or_that_connections_are_given()
    {
        using var listener = new TcpListener(IPAddress.Loopback, FreePort.Take());
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;
        var ports = Enumerable.Range(0, 5000).Select(_ => FreePort.Take()).ToList(); // once around, and more
        ports.ShouldNotContain(taken);
        ports.ShouldAllBe(port => port > 60_999);
        ports.Take(100).Distinct().Count().ShouldBe(100);
    }
}
