namespace Orrery.Server.Artifacts;

/// <summary>What an attempt of a stage produced.</summary>
internal sealed record ArtifactRow
{
    public string DeploymentId { get; init; } = "";
    public string Scope { get; init; } = ArtifactScope.Output;
    public string Name { get; init; } = "";
    public string WorkloadId { get; init; } = "";
    public string UserId { get; init; } = "";
    public int Stage { get; init; }
    public string Sha256 { get; init; } = "";
    public long SizeBytes { get; init; }
    public string ContentType { get; init; } = ContentTypes.Unknown;
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Bytes that somebody may read.</summary>
internal sealed record FoundContent
{
    public long SizeBytes { get; init; }
    public string ContentType { get; init; } = ContentTypes.Unknown;

    /// <summary>Of the artifact; null: it was brought.</summary>
    public string? Name { get; init; }
}

internal static class ArtifactScope
{
    /// <summary>A result: shown, and given to the stages that follow.</summary>
    public const string Output = "output";

    /// <summary>What a simulated satellite, or the ground, remembers of the workload: given to its next stage at the same place.</summary>
    public const string State = "state";
}

internal static class ContentTypes
{
    public const string Unknown = "application/octet-stream";
    private const int Longest = 128;

    private static readonly Dictionary<string, string> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".json"] = "application/json",
        [".jsonl"] = "application/jsonl",
        [".geojson"] = "application/geo+json",
        [".csv"] = "text/csv",
        [".txt"] = "text/plain",
        [".log"] = "text/plain",
        [".md"] = "text/markdown",
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".tif"] = "image/tiff",
        [".gz"] = "application/gzip",
        [".zip"] = "application/zip",
        [".tar"] = "application/x-tar",
        [".pdf"] = "application/pdf",
    };

    public static string Of(string name) => ByEnding.GetValueOrDefault(Path.GetExtension(name), Unknown);

    /// <summary>What a client says it is, when that is a media type.</summary>
    public static string Sound(string? stated, string name) =>
        stated is { Length: > 0 and <= Longest } && System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(stated, out _) ? stated : Of(name);
}
