using System.Text.RegularExpressions;

namespace Orrery.Bench;

/// <summary>wrk as a load on loopback: one thread, so that the server has the other core.</summary>
internal static partial class Wrk
{
    /// <param name="url">What is asked.</param>
    /// <param name="key">A user's key.</param>
    /// <param name="body">Posted when given, else it is a GET.</param>
    /// <param name="connections">Open at once.</param>
    /// <param name="seconds">How long.</param>
    /// <exception cref="InvalidOperationException">An answer was not 2xx.</exception>
    public static (double Rate, string P99) Run(string url, string key, string? body, int connections, int seconds)
    {
        var script = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllText(
                script,
                $"""
                 wrk.method = "{(body is null ? "GET" : "POST")}"
                 wrk.headers["Content-Type"] = "application/json"
                 wrk.headers["Authorization"] = "Bearer {key}"
                 {(body is null ? "" : $"wrk.body = [==[{body}]==]")}
                 """);
            var output = PostgresUnderTest.Shell($"wrk -t1 -c{connections} -d{seconds}s --latency -s {script} '{url}'");
            if (output.Contains("Non-2xx", StringComparison.Ordinal))
                throw new InvalidOperationException($"Requests were refused:\n{output}");
            return (double.Parse(Rate().Match(output).Groups["rate"].Value), P99().Match(output).Groups["p99"].Value);
        }
        finally
        {
            File.Delete(script);
        }
    }

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"99%\s+(?<p99>[\d.]+\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex P99();
}
