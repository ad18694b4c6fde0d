using Orrery.Orbits;

namespace Orrery.Agent;

/// <summary>For which satellite an agent speaks, to whom, and how often.</summary>
public sealed record AgentOptions
{
    /// <summary>Who reports, like <c>sat-25544</c>.</summary>
    public required string AgentId { get; init; }

    /// <summary>NORAD number.</summary>
    public required string SatelliteId { get; init; }

    public string? SatelliteName { get; init; }

    /// <summary>The server, with or without a trailing <c>/v1</c>.</summary>
    public required Uri ApiUrl { get; init; }

    /// <summary>A key <c>rs_…</c>; null calls without one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Between two polls without work.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan TelemetryInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between two questions whether the stage at hand is still wanted.</summary>
    public TimeSpan StatusInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Mission seconds in a second of the wall.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>What is not reported yet is kept here; a folder belongs to one agent.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Talks to the server only while the satellite is over a ground station.</summary>
    public bool Contacts { get; init; }

    /// <summary>Runs real programs of stages as processes here; without it such stages are refused.</summary>
    public bool RunsPrograms { get; init; } = true;

    /// <summary>Where the satellite is; null: the elements that come with Orrery, if it is among them.</summary>
    public ElementSet? Elements { get; init; }

    /// <summary>Without the key: it never gets into a log by way of its options.</summary>
    public override string ToString() => $"{nameof(AgentOptions)} {{ {AgentId}, satellite {SatelliteId}, {ApiUrl}, {DataFolder} }}";

    /// <summary>What is wrong with the options, in words, or null.</summary>
    internal string? Problem() => this switch
    {
        _ when string.IsNullOrWhiteSpace(AgentId) => "The agent needs an id.",
        _ when string.IsNullOrWhiteSpace(SatelliteId) => "The agent needs a satellite.",
        _ when string.IsNullOrWhiteSpace(DataFolder) => "The agent needs a data folder.",
        _ when PollInterval <= TimeSpan.Zero || TelemetryInterval <= TimeSpan.Zero || StatusInterval <= TimeSpan.Zero =>
            "Intervals must be above 0.",
        _ when !(Speed > 0 && double.IsFinite(Speed)) => "The speed must be above 0.",
        _ => null,
    };
}
