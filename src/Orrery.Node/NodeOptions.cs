using System.Globalization;

namespace Orrery.Node;

/// <summary>Durations and sizes of a node process. Set from the command line as <c>Name=value</c>.</summary>
public sealed record NodeOptions
{
    /// <summary>How often a workload with live processes is looked at.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Between tries of a step that fails, as on a full disk; from <see cref="Tick"/> they double up to this.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Before the first restart in place; doubles up to <see cref="MaxBackoff"/>.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Running for so long forgets earlier restarts.</summary>
    public TimeSpan BackoffReset { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Of a service's pod that is ended on purpose: how long open connections may finish before SIGTERM.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A UDP client that is silent for so long is forgotten.</summary>
    public TimeSpan UdpIdle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a removed run is remembered, so that a late request cannot bring it back.</summary>
    public TimeSpan RemovedMemory { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Blank lines on a quiet watch.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a launched pod may take to set itself up.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one log file before the next is begun.</summary>
    public long LogFileBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Files kept per pod.</summary>
    public int LogFiles { get; init; } = 5;

    /// <summary>Between two looks at what the files of pods take on the disk.</summary>
    public TimeSpan ScratchPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>When less is free on the disk, the pod whose files take the most is ended.</summary>
    public long DiskReserveBytes { get; init; } = 512 * 1024 * 1024;

    /// <summary>Processes of one pod.</summary>
    public int MaxProcesses { get; init; } = 4096;

    /// <summary>False: none are made, even where the kernel would.</summary>
    public bool Namespaces { get; init; } = true;

    /// <exception cref="FormatException">An unknown name or a value that does not fit it.</exception>
    public static NodeOptions Parse(IEnumerable<string> settings)
    {
        var options = new NodeOptions();
        foreach (var setting in settings)
        {
            var parts = setting.Split('=', 2);
            var property = typeof(NodeOptions).GetProperty(parts[0]);
            if (property is null || parts.Length != 2)
                throw new FormatException($"{setting}: expected Name=value, with one of {string.Join(", ", Names)}.");
            property.SetValue(options, Value(property.PropertyType, parts[1]));
        }
        return options;
    }

    private static IEnumerable<string> Names => typeof(NodeOptions).GetProperties().Where(p => p.CanWrite).Select(p => p.Name);

    private static object Value(Type type, string text) =>
        type == typeof(TimeSpan) ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
        : type == typeof(bool) ? bool.Parse(text)
        : type == typeof(int) ? (object)int.Parse(text)
        : long.Parse(text);
}
