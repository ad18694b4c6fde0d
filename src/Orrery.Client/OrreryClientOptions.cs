namespace Orrery.Client;

/// <summary>Where the server is, who calls, and how patient a call is.</summary>
public sealed record OrreryClientOptions
{
    /// <summary>The server, with or without a trailing <c>/v1</c>.</summary>
    public required Uri BaseAddress { get; init; }

    /// <summary>A key <c>rs_…</c>; null calls without one.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Used as it is and never disposed; its own timeout still counts. Null: the client makes its own.</summary>
    public HttpClient? HttpClient { get; init; }

    /// <summary>What the client's own <see cref="System.Net.Http.HttpClient"/> sends through; never disposed by it.</summary>
    public HttpMessageHandler? Handler { get; init; }

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Gets each warning that an answer carries (<c>Warning: 299</c>), as text; null drops them.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The address only: a key never gets into a log by way of its options.</summary>
    public override string ToString() => $"{nameof(OrreryClientOptions)} {{ {nameof(BaseAddress)} = {BaseAddress} }}";
}
