using System.Text.Json.Serialization;

namespace Orrery.Planning;

[JsonConverter(typeof(SnakeCaseEnumConverter<TransferKind>))]
public enum TransferKind
{
    InterSatellite,
    Downlink,
    Uplink,

    /// <summary>Over the ground network from one station to another.</summary>
    Terrestrial,
}

/// <summary>Data that moves over one contact: one leg of a transfer between two stages, or from or to the ground.</summary>
public sealed record PlannedTransfer
{
    /// <summary>Null: the workload's input.</summary>
    public int? FromStage { get; init; }

    /// <summary>Null: the workload's output.</summary>
    public int? ToStage { get; init; }

    /// <summary>A NORAD number or a station's id.</summary>
    public required string From { get; init; }

    /// <summary>A NORAD number or a station's id.</summary>
    public required string To { get; init; }

    /// <summary>The nodes of the whole transfer in order, of which this leg is one part.</summary>
    public IReadOnlyList<string> Route { get; init; } = [];

    public double Mb { get; init; }

    /// <summary>When sending starts.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When the last bit has arrived, the delay included.</summary>
    public DateTimeOffset End { get; init; }

    /// <summary>Seconds of <see cref="End"/> that are delay, not sending.</summary>
    public double DelayS { get; init; }

    public TransferKind Kind { get; init; }

    /// <summary>The contact: its ends and when it opens, e.g. <c>25544-48274@2026-01-05T10:00:00.0Z</c>.</summary>
    public required string Contact { get; init; }

    /// <summary>When the contact closes; absent on the ground network.</summary>
    public DateTimeOffset? ContactEnd { get; init; }

    /// <summary>0, 1, … within the transfer.</summary>
    public int Leg { get; init; }
}
