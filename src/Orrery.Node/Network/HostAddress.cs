using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Orrery.Node.Network;

/// <summary>The address of this machine: of its first interface that is up and has a way out, else loopback.</summary>
internal static class HostAddress
{
    public static string Value { get; } = Find();

    private static string Find()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .Where(i => i.OperationalStatus == OperationalStatus.Up && i.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .Where(i => !i.Name.StartsWith("orr", StringComparison.Ordinal) && i.GetIPProperties().GatewayAddresses.Count > 0)
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => a.Address)
                .FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork)?.ToString() ?? IPAddress.Loopback.ToString();
        }
        catch (NetworkInformationException)
        {
            return IPAddress.Loopback.ToString();
        }
    }
}
