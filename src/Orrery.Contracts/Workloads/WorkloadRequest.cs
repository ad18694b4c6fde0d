using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Contracts.Json;

namespace Orrery.Contracts.Workloads;

/// <summary>Body of <c>POST /v1/workloads</c> and <c>/v1/workloads/preview</c>. Members that are not listed here are refused by name.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record WorkloadRequest
{
    public string? Name { get; init; }

    /// <summary>A free label; <c>fine-tune</c> and <c>training</c> cost three forward passes.</summary>
    public string? Type { get; init; }

    public Dictionary<string, string>? Labels { get; init; }

    public PlacementRequest? Placement { get; init; }

    public ParallelismRequest? Parallelism { get; init; }

    public ModelRequest? Model { get; init; }

    public DataRequest? Data { get; init; }

    /// <summary>GeoJSON Polygon or MultiPolygon (class spatial).</summary>
    public JsonElement? AreaOfInterest { get; init; }

    public ProgramRequest? Program { get; init; }

    public PolicyRequest? Policy { get; init; }

    /// <summary><c>live</c> or <c>simulated</c>; absent: the server's default.</summary>
    public string? Mode { get; init; }

    /// <summary>Mission seconds per wall second, 1–100,000; simulated only.</summary>
    public double? SpeedMultiplier { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PlacementRequest
{
    /// <summary>NORAD ids; absent: the whole fleet.</summary>
    public List<SatelliteRef>? Satellites { get; init; }

    public List<SatelliteRef>? Exclude { get; init; }

    public List<string>? GroundStations { get; init; }

    /// <summary><c>orbit</c> (default) or <c>ground</c> (class single only).</summary>
    public string? Location { get; init; }

    /// <summary>Workspace in which ground stages run.</summary>
    public string? Workspace { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ParallelismRequest
{
    public string? Class { get; init; }

    public int? Stages { get; init; }

    public int? Shards { get; init; }

    public int? Rounds { get; init; }

    public int? MinParticipants { get; init; }

    /// <summary>Of <c>area_of_interest</c>, 0–1: with less of it on the ground in time the plan is not feasible. Absent: any.</summary>
    public double? MinCoverage { get; init; }

    public int? Steps { get; init; }

    public string? CutAfter { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ModelRequest
{
    public List<LayerRequest>? Layers { get; init; }

    /// <summary>From the best to the cheapest; the plan takes the first that fits. Absent: the model as it stands.</summary>
    public List<QualityTierRequest>? QualityTiers { get; init; }
}

/// <summary>Factors above 0 to 1 on what the workload states; absent: 1.</summary>
/// <param name="Name">Shown in the plan, and told to the program in <c>stage.json</c>.</param>
/// <param name="ComputeFactor">Of the layers' compute and of <c>program.duration_s</c>.</param>
/// <param name="ParamsFactor">Of the layers' parameters.</param>
/// <param name="ActivationFactor">Of what leaves a layer.</param>
/// <param name="OutputFactor">Of <c>data.output_mb</c>.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record QualityTierRequest(string? Name, double? ComputeFactor = null, double? ParamsFactor = null, double? ActivationFactor = null, double? OutputFactor = null);

/// <param name="Name">The layer's name.</param>
/// <param name="ComputeFwd">TFLOP of one forward pass of one batch.</param>
/// <param name="ActivationMb">MB that leave the layer per batch.</param>
/// <param name="ParamsMb">MB of parameters that a stage holds in memory.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LayerRequest(string? Name, double? ComputeFwd, double? ActivationMb, double? ParamsMb = null);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record DataRequest
{
    public double? InputMb { get; init; }

    public double? OutputMb { get; init; }

    public int? Batches { get; init; }

    /// <summary>The satellite that holds the data (class split-learning).</summary>
    public SatelliteRef? Owner { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProgramRequest
{
    public string? EntryPoint { get; init; }

    public Dictionary<string, string>? Env { get; init; }

    public List<ProgramInput>? Inputs { get; init; }

    /// <summary>For stages that run on a Kubernetes cluster: it has <c>sh</c>, and with an entry point also <c>tar</c>, <c>head</c> and <c>find</c>. Null: the server's own choice.</summary>
    public string? Image { get; init; }

    /// <summary>Planned run time of one stage in seconds.</summary>
    public double? DurationS { get; init; }
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record ProgramInput(string? Name, [property: JsonPropertyName("contentId")] string? ContentId);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record PolicyRequest
{
    /// <summary><c>min_latency</c>, <c>balanced</c> or <c>max_reliability</c>.</summary>
    public string? Objective { get; init; }

    public DateTimeOffset? StartAt { get; init; }

    public double? DeadlineS { get; init; }

    public double? MinElevationDeg { get; init; }

    public double? HorizonH { get; init; }

    public int? MaxAttempts { get; init; }

    public bool? WaitForWindows { get; init; }

    /// <summary>Submit only if the plan is still the one with this fingerprint.</summary>
    public string? ExpectFingerprint { get; init; }

    /// <summary>Submit only if the price is not above this many cents.</summary>
    public long? MaxCents { get; init; }
}
