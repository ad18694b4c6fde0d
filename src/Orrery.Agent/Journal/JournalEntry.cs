using System.Text.Json.Serialization;
using Orrery.Contracts.Agents;
using Orrery.Contracts.Deployments;
using Orrery.Contracts.Json;

namespace Orrery.Agent.Journal;

/// <summary>A line of the journal.</summary>
internal sealed record JournalEntry
{
    /// <summary>journal, work, event, done or end.</summary>
    public required string Kind { get; init; }

    /// <summary>Version of the format (journal).</summary>
    public int? Version { get; init; }

    /// <summary>The stage taken on, without its script (work).</summary>
    public AgentWork? Work { get; init; }

    /// <summary>When it was taken on, wall time (work).</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whose event or whose end it is.</summary>
    public string? Deployment { get; init; }

    /// <summary>What is to be reported (event).</summary>
    public EventPost? Event { get; init; }

    /// <summary>Keys of events that need not be sent any more (done).</summary>
    public IReadOnlyList<string>? Keys { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(JournalEntry))]
internal sealed partial class JournalJson : JsonSerializerContext;
