using System.Diagnostics;
using System.Net;
using Orrery.Scheduling;
using Orrery.Server.Clusters.Requests;

namespace Orrery.Server.Clusters.Backends;

/// <summary>This machine as a node, and those that the configuration declares beside it.</summary>
internal static class LocalNodes
{
    private const string LoopbackAddress = "127.0.0.1";
    private const string MemoryFile = "/proc/meminfo";
    private static readonly TimeSpan GpuPatience = TimeSpan.FromSeconds(5);
    private static readonly Lazy<int> GpuCount = new(CountGpus);

    public static string MachineName => Dns.GetHostName().ToLowerInvariant();

    public static IReadOnlyList<NodeSpec> All(ClusterOptions options) => [Machine(), .. options.Nodes.Select(Declared)];

    private static NodeSpec Machine() => new()
    {
        Name = MachineName,
        Address = LoopbackAddress,
        Capacity = new Resources(Environment.ProcessorCount * 1000L, TotalMemory(), GpuCount.Value),
        Labels = new Dictionary<string, string>
        {
            ["kubernetes.io/hostname"] = MachineName,
            ["kubernetes.io/os"] = "linux",
            ["kubernetes.io/arch"] = System.Runtime.InteropServices.RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant(),
        },
        Taints = [],
    };

    private static NodeSpec Declared(DeclaredNode node) => new()
    {
        Name = node.Name,
        Address = LoopbackAddress,
        Capacity = new Resources(Quantity.Cpu(node.Cpu), Quantity.Memory(node.Memory), node.Gpu),
        Labels = node.Labels,
        Taints = node.Taints,
    };

    private static long TotalMemory()
    {
        var line = File.ReadLines(MemoryFile).First(text => text.StartsWith("MemTotal:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>As many lines as <c>nvidia-smi --list-gpus</c> prints; 0 where it is not there.</summary>
    private static int CountGpus()
    {
        try
        {
            using var smi = Process.Start(new ProcessStartInfo("/usr/bin/env", ["nvidia-smi", "--list-gpus"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false });
            if (smi is null)
                return 0;
            var lines = smi.StandardOutput.ReadToEnd();
            return smi.WaitForExit(GpuPatience) && smi.ExitCode == 0 ? lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return 0; // there is no such program
        }
    }
}
