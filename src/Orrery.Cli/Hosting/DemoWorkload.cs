using System.Text.Json;
using Orrery.Client;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;

namespace Orrery.Cli.Hosting;

/// <summary>The documented model-parallel request, moved to a time for which the bundled elements hold.</summary>
internal static class DemoWorkload
{
    private const string Example = "model-parallel.json";

    /// <summary>Mission seconds per wall second: slow enough to watch, while idle stretches are skipped anyway.</summary>
    private const double Speed = 2;

    public static WorkloadRequest Documented()
    {
        using var file = typeof(DemoWorkload).Assembly.GetManifestResourceStream(Example)!;
        return JsonSerializer.Deserialize(file, WireJson.Default.WorkloadRequest)!;
    }

    public static WorkloadRequest Create(DateTimeOffset start) => Documented() with
    {
        Name = "demo",
        Mode = "simulated",
        SpeedMultiplier = Speed,
        Policy = new PolicyRequest { StartAt = start },
    };

    public static async Task<(int Satellites, DateTimeOffset NewestEpoch)> Fleet(OrreryClient client, CancellationToken cancellation)
    {
        var epochs = await client.Fleet.Satellites(cancellation: cancellation).Select(s => s.Epoch).ToListAsync(cancellation);
        return epochs.Count > 0
            ? (epochs.Count, epochs.Max())
            : throw new CommandException(ExitCodes.Infeasible, "the fleet is empty: orrery fleet import FILE");
    }
}
