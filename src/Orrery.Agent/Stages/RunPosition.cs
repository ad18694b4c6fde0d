namespace Orrery.Agent.Stages;

/// <summary>How far a stage has come: the keys of its events that are already durable.</summary>
public sealed record RunPosition(IReadOnlySet<string> Done)
{
    public static RunPosition Start { get; } = After([]);

    /// <summary>The position after events with these keys.</summary>
    public static RunPosition After(IEnumerable<string> keys) => new(new HashSet<string>(keys, StringComparer.Ordinal));

    /// <summary>True when the stage was told to stop, and has said so.</summary>
    internal bool IsStopped =>
        Done.Any(key => key == EventTypes.StepStopped || key.EndsWith($"/{EventTypes.StepStopped}", StringComparison.Ordinal));

    /// <summary>The percent of a computing step that its last checkpoint holds; 0 without one.</summary>
    internal int Checkpoint(string stepId)
    {
        var prefix = EventKeys.Checkpoint(stepId, null);
        return Done.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => int.TryParse(key.AsSpan(prefix.Length), out var percent) && percent is > 0 and < 100 ? percent : 0)
            .DefaultIfEmpty(0)
            .Max();
    }
}
