using System.Globalization;
using System.Text;

namespace Orrery.Bench;

/// <summary>Previews of every class over HTTP for 100 satellites and 24 hours, and of one for all satellites of a file, cold.</summary>
internal static class ClassBench
{
    private const string ElementsVariable = "ORRERY_BENCH_TLE";
    private const int Few = 100;
    private const int Count = 300;

    /// <summary>Until the runtime has compiled what is run often.</summary>
    private const int Warmup = 1000;

    private const int LinesPerSatellite = 3;

    private const string Model =
        """ "model":{"layers":[{"name":"a","compute_fwd":20,"activation_mb":40,"params_mb":30},{"name":"b","compute_fwd":60,"activation_mb":4,"params_mb":60},{"name":"c","compute_fwd":20,"activation_mb":40,"params_mb":30}]}""";

    public static async Task Run()
    {
        if (Environment.GetEnvironmentVariable(ElementsVariable) is not { } file)
        {
            Report.Row("previews of the classes", $"not measured: {ElementsVariable} names no file of two-line elements");
            return;
        }

        var lines = (await File.ReadAllLinesAsync(file)).Where(line => line.Length > 0).ToArray();
        var perSatellite = lines[0].StartsWith("1 ", StringComparison.Ordinal) ? LinesPerSatellite - 1 : LinesPerSatellite;
        var all = lines.Length / perSatellite;
        var some = lines.Chunk(perSatellite).Where((_, i) => i % (all / Few) == 0).Take(Few).ToList();
        var first = some[0][perSatellite - 2];
        var owner = int.Parse(first.AsSpan(2, 5), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        var start = Epoch(first).AddDays(1);
        await using (var server = await OrreryUnderTest.Start())
        {
            await Import(server, some);
            foreach (var (name, members) in Classes(owner))
                await Measure(server, name, members, start);
        }

        await using var whole = await OrreryUnderTest.Start();
        await Import(whole, [.. lines.Chunk(perSatellite)]);
        var cold = await Preview(whole, Classes(owner)[1].Members, start, 24);
        Report.Row($"data-parallel, {all} satellites, 24 h: the first preview of a new server", $"{cold:N0} ms");
    }

    private static List<(string Name, string Members)> Classes(int owner) =>
    [
        ("single", $$"""{{Model}},"data":{"input_mb":200,"output_mb":50}"""),
        ("data-parallel", $$"""{{Model}},"parallelism":{"class":"data-parallel","shards":8},"data":{"input_mb":800,"output_mb":80,"batches":64}"""),
        ("spatial", $$"""{{Model}},"parallelism":{"class":"spatial"},"data":{"output_mb":80,"batches":16},"area_of_interest":{"type":"Polygon","coordinates":[[[-2,43],[8,43],[8,50],[-2,50],[-2,43]]]}"""),
        ("federated", $$"""{{Model}},"parallelism":{"class":"federated","rounds":3,"min_participants":6},"data":{"batches":24}"""),
        ("model-parallel", $$"""{{Model}},"parallelism":{"class":"model-parallel","stages":3}"""),
        ("split-learning", $$"""{{Model}},"parallelism":{"class":"split-learning","steps":3},"data":{"batches":12,"owner":{{owner}}}"""),
        ("distributed-training", $$"""{{Model}},"parallelism":{"class":"distributed-training"},"data":{"batches":12}"""),
    ];

    private static async Task Measure(OrreryUnderTest server, string name, string members, DateTimeOffset start)
    {
        var cold = await Preview(server, members, start, 24);
        for (var i = 0; i < Warmup; i++)
            await Preview(server, members, start.AddSeconds(i), 24);
        var times = new double[Count];
        for (var i = 0; i < Count; i++)
            times[i] = await Preview(server, members, start.AddSeconds(300 + (i * 1.7)), 24);
        Array.Sort(times);
        Report.Row(
            $"preview of {name}, {Few} satellites, 24 h, another start each time",
            $"p50 {Report.Percentile(times, 0.5):N1} ms, p99 {Report.Percentile(times, 0.99):N1} ms; the first {cold:N0} ms");
    }

    /// <returns>Milliseconds.</returns>
    private static async Task<double> Preview(OrreryUnderTest server, string members, DateTimeOffset start, int hours)
    {
        var at = start.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        using var body = new StringContent($$"""{ {{members}},"policy":{"start_at":"{{at}}","horizon_h":{{hours}}},"mode":"simulated"}""", Encoding.UTF8, "application/json");
        var began = TimeProvider.System.GetTimestamp();
        using var answer = await server.Http.PostAsync(new Uri("/v1/workloads/preview", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        var took = TimeProvider.System.GetElapsedTime(began).TotalMilliseconds;
        return answer.IsSuccessStatusCode ? took : throw new InvalidOperationException(text);
    }

    /// <summary>Beside the three of the bundled fleet.</summary>
    private static async Task Import(OrreryUnderTest server, List<string[]> satellites)
    {
        using var body = new StringContent(string.Join('\n', satellites.SelectMany(lines => lines)), Encoding.UTF8, "text/plain");
        using var answer = await server.Http.PostAsync(new Uri("/v1/satellites", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Of a first line: two digits of the year, then the day of the year with its fraction.</summary>
    private static DateTimeOffset Epoch(string line)
    {
        var year = int.Parse(line.AsSpan(18, 2), NumberStyles.None, CultureInfo.InvariantCulture);
        var day = double.Parse(line.AsSpan(20, 12), NumberStyles.Float, CultureInfo.InvariantCulture);
        return new DateTimeOffset(year < 57 ? 2000 + year : 1900 + year, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day - 1);
    }
}
