using System.ComponentModel.DataAnnotations;

namespace Orrery.Server.Artifacts;

/// <summary>Section <c>Artifacts</c>: where outputs of programs and what users bring are kept, how much, and how long.</summary>
internal sealed record ArtifactOptions
{
    /// <summary><c>folder</c>, or <c>s3</c>: any service that speaks the S3 protocol.</summary>
    [RegularExpression("folder|s3")]
    public string Store { get; init; } = "folder";

    /// <summary>Of the store <c>folder</c>; null: <c>artifacts</c> in the data folder. Several servers on one database share it, or use S3.</summary>
    public string? Folder { get; init; }

    public S3Options S3 { get; init; } = new();

    /// <summary>Of one artifact or upload, 10^6 bytes.</summary>
    [Range(1, 1_000_000)]
    public long LargestMb { get; init; } = 1024;

    /// <summary>Of one stage together, 10^6 bytes.</summary>
    [Range(1, 1_000_000)]
    public long LargestStageMb { get; init; } = 4096;

    /// <summary>Artifacts of one stage.</summary>
    [Range(1, 100_000)]
    public int MostPerStage { get; init; } = 1000;

    /// <summary>All of a user's artifacts and uploads together, 10^6 bytes; 0: no limit.</summary>
    [Range(0, 1_000_000_000)]
    public long QuotaMbPerUser { get; init; } = 20_000;

    /// <summary>Uploads that a user may have.</summary>
    [Range(1, 1_000_000)]
    public int MostUploadsPerUser { get; init; } = 10_000;

    /// <summary>Artifacts of an ended workload are kept so long.</summary>
    [Range(0.00001, 36_500)]
    public double Days { get; init; } = 30;

    /// <summary>Bytes that nothing refers to are kept so long.</summary>
    [Range(0.00001, 8760)]
    public double UnusedHours { get; init; } = 24;

    [Range(0.1, 86_400)]
    public double SweepS { get; init; } = 600;
}

/// <summary>Section <c>Artifacts:S3</c>.</summary>
internal sealed record S3Options
{
    /// <summary>Like <c>https://s3.example.org</c>; null: Amazon's of the region.</summary>
    public Uri? Endpoint { get; init; }

    public string Region { get; init; } = "us-east-1";

    public string Bucket { get; init; } = "";

    /// <summary>Before every key, like <c>orrery/</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Null: as the AWS SDK finds credentials (environment, profile, instance role).</summary>
    public string? AccessKey { get; init; }

    public string? SecretKey { get; init; }

    /// <summary>For an answer to begin, and for each part of it.</summary>
    [Range(0.1, 3600)]
    public double TimeoutS { get; init; } = 30;

    /// <summary>Without the key: it never gets into a log by way of its options.</summary>
    public override string ToString() => $"{nameof(S3Options)} {{ {Endpoint}, {Region}, {Bucket}, {Prefix} }}";
}
