namespace Orrery.EndToEnd.Fixtures;

/// <summary>Bodies of requests.</summary>
public static class Bodies
{
    /// <summary>The request of the document, word for word.</summary>
    public const string Documented =
        """
        {
            "placement": { "satellites": [25544, 48274, 53807] },
            "parallelism": { "class": "model-parallel", "stages": 3 },
            "model": { "layers": [{"name":"embed","compute_fwd":2,"activation_mb":4}] }
          }
        """;

    /// <summary>The documented request with other members beside its own.</summary>
    public static string DocumentedWith(string members) => $"{Documented.TrimEnd()[..^1]}, {members} }}";

    /// <summary>One simulated stage that takes ten minutes.</summary>
    public static string Slow(string label = "slow") =>
        $$"""{"placement":{"satellites":[25544]},"program":{"duration_s":600},"mode":"simulated","speed_multiplier":1,"labels":{"test":"{{label}}"} }""";
}
