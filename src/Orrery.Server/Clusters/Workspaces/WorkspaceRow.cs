using System.Text.Json.Serialization;
using Orrery.Scheduling;
using Orrery.Server.Identity;

namespace Orrery.Server.Clusters.Workspaces;

/// <summary>A workspace with its members, as answers and admission see it.</summary>
internal sealed record Workspace
{
    public required string Id { get; init; }
    public required string DisplayName { get; init; }
    public required string ClusterId { get; init; }
    public string? Group { get; init; }
    public required WorkspaceSettings Settings { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public long Version { get; init; } = 1;

    /// <summary>User ids; <c>*</c> is everybody.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public IReadOnlyList<string> Admins { get; init; } = [];

    public bool MayUse(Principal caller) => caller.IsAdmin || Has(caller.UserId);

    /// <summary>It is one of its members or admins; an admin of the server may use it all the same.</summary>
    public bool Has(string userId) => Admins.Contains(userId) || Members.Contains(userId) || Members.Contains(Everybody);

    public bool IsAdmin(Principal caller) => caller.IsAdmin || Admins.Contains(caller.UserId);

    public const string Everybody = "*";

    public WorkspaceSpec Spec() => new()
    {
        Id = Id,
        Group = Group,
        Quota = Settings.Quota.Limits(),
        BorrowingLimit = Settings.BorrowingLimit.Limits(),
        Policy = Settings.Fifo ? QueuePolicy.Fifo : QueuePolicy.Backfill,
        Preemption = Settings.Preemption,
    };
}

/// <summary>What of a workspace is kept as JSON.</summary>
internal sealed record WorkspaceSettings
{
    public Amounts Quota { get; init; } = new();
    public Amounts BorrowingLimit { get; init; } = new();
    public bool Fifo { get; init; }
    public bool Preemption { get; init; }
}

/// <summary>Thousandths of cores, bytes, cards; null: not limited.</summary>
internal sealed record Amounts
{
    public long? CpuMillis { get; init; }
    public long? MemoryBytes { get; init; }
    public int? Gpus { get; init; }

    public ResourceLimits Limits() => new(CpuMillis, MemoryBytes, Gpus);
}

[JsonSerializable(typeof(WorkspaceSettings))]
internal sealed partial class WorkspaceJson : JsonSerializerContext;
