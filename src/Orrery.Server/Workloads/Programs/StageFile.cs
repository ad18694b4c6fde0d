using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Json;
using Orrery.Contracts.Workloads;
using Orrery.Planning;

namespace Orrery.Server.Workloads.Programs;

/// <summary>
/// <c>stage.json</c>: what the plan gave a stage, for its program to read: its layers, its share of the data, its tile, and
/// which stages its inputs come from.
/// </summary>
internal static class StageFile
{
    public const string Name = "stage.json";

    public static ProgramFile Of(WorkloadRow workload, Plan plan, StageRow stage)
    {
        var planned = plan.Stages.First(one => one.Index == stage.Idx);
        var group = plan.Stages.Where(one => one.Role == planned.Role && one.Round == planned.Round).ToList();
        var text = JsonSerializer.Serialize(
            new StageDescription
            {
                Workload = workload.Id,
                Index = stage.Idx,
                Count = plan.Stages.Count,
                Role = stage.Role,
                Round = stage.Round,
                QualityTier = plan.QualityTier,
                Place = stage.SatelliteId ?? StageWorkBuilder.GroundPlace,
                PlannedStart = planned.Start,
                PlannedEnd = planned.End,
                Inputs = [.. stage.InputStages],
                Layers = [.. planned.Layers.Select(layer => new LayerShareView(layer.Name, layer.Fraction))],
                Parts = planned.Parts,
                FirstPart = group.TakeWhile(one => one.Index != stage.Idx).Sum(one => one.Parts),
                Tile = planned.Tile is { } tile ? PlanMapping.Geometry(tile.Area) : null,
            },
            StageFileJson.Default.StageDescription);
        var bytes = Encoding.UTF8.GetBytes(text);
        return new ProgramFile(Name, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, text);
    }
}

/// <summary>What a stage is, to its program.</summary>
internal sealed record StageDescription
{
    public required string Workload { get; init; }

    public required int Index { get; init; }

    public required int Count { get; init; }

    public required string Role { get; init; }

    public required int Round { get; init; }

    /// <summary>Which of the model's quality tiers is run; null when it has none.</summary>
    public string? QualityTier { get; init; }

    /// <summary>A NORAD number, or <c>ground</c>.</summary>
    public required string Place { get; init; }

    public required DateTimeOffset PlannedStart { get; init; }

    public required DateTimeOffset PlannedEnd { get; init; }

    /// <summary>Indexes of the stages whose outputs it has, as <c>stage-N</c>.</summary>
    public required IReadOnlyList<int> Inputs { get; init; }

    public required IReadOnlyList<LayerShareView> Layers { get; init; }

    /// <summary>Of the workload's batches, how many are this stage's; 0 where none are divided.</summary>
    public required int Parts { get; init; }

    /// <summary>The number of its first batch, from 0.</summary>
    public required int FirstPart { get; init; }

    /// <summary>GeoJSON; null but in a spatial workload.</summary>
    public GeometryView? Tile { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(StageDescription))]
internal sealed partial class StageFileJson : JsonSerializerContext;
