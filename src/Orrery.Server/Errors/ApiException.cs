namespace Orrery.Server.Errors;

/// <summary>A request that is refused; the problem writer gives it the shape of its surface.</summary>
internal sealed class ApiException(int status, string code, string message) : Exception(message)
{
    public int Status => status;

    public string Code => code;

    /// <summary>Field → what is wrong with it.</summary>
    public IReadOnlyDictionary<string, string[]>? Fields { get; init; }

    /// <summary>What the surface's error member carries besides, e.g. the reasons of an infeasible plan.</summary>
    public object? Details { get; init; }

    public TimeSpan? RetryAfter { get; init; }
}
