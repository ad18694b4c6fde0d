using System.Globalization;
using System.Text;

namespace Orrery.Bench;

/// <summary>Previews of the documented workload over HTTP, each with another start: what two previews share is not computed twice.</summary>
internal static class PreviewBench
{
    private const int Count = 5000;

    public static async Task Run()
    {
        await using var server = await OrreryUnderTest.Start();
        var epoch = new DateTimeOffset(2026, 10, 6, 21, 15, 36, TimeSpan.Zero);
        var cold = await Preview(server, epoch);
        for (var i = 0; i < 500; i++)
            await Preview(server, epoch.AddSeconds(i));
        var times = new double[Count];
        for (var i = 0; i < Count; i++)
            times[i] = await Preview(server, epoch.AddSeconds(1000 + (i * 1.7)));
        Array.Sort(times);
        Report.Row("documented workload, 3 satellites, 12 h: first preview of a new server", $"{cold:N1} ms");
        Report.Row("the same, warm, another start each time, one caller", $"p50 {Report.Percentile(times, 0.5):N2} ms, p99 {Report.Percentile(times, 0.99):N2} ms");
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> Preview(OrreryUnderTest server, DateTimeOffset start)
    {
        var at = start.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        using var body = new StringContent(
            $$"""
              {"placement": {"satellites": [25544, 48274, 53807]}, "parallelism": {"class": "model-parallel", "stages": 3},
               "model": {"layers": [{"name": "embed", "compute_fwd": 2, "activation_mb": 4}]}, "policy": {"start_at": "{{at}}"} }
              """,
            Encoding.UTF8,
            "application/json");
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await server.Http.PostAsync(new Uri("/v1/workloads/preview", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return text.Contains("\"feasible\":true", StringComparison.Ordinal) ? took : throw new InvalidOperationException(text);
    }
}
