using System.Net.Http.Json;
using System.Text.Json;

namespace Orrery.Bench;

/// <summary>2,000 jobs of <c>true</c>, from the first submit to the last end: Slurm on this machine, then Orrery, in one run.</summary>
internal static class SlurmBench
{
    private const int Jobs = 2000;
    private const int Submitters = 16;

    private const string Body =
        """
        {"displayName":"true","workspaceId":"default","resource":{"replica":1,"cpu":"1","memory":"32Mi"},"entryPoint":"dHJ1ZQ==","ttlSecondsAfterFinished":0}
        """;

    public static async Task Run()
    {
        var clock = TimeProvider.System;
        double slurm;
        using (var peer = SlurmUnderTest.Start())
        {
            var started = clock.GetTimestamp();
            peer.RunJobs(Jobs, Submitters);
            slurm = clock.GetElapsedTime(started).TotalSeconds;
            Report.Row($"Slurm {peer.Version}: {Jobs} jobs of true, one sbatch a job, {Submitters} at once", $"{slurm:F1} s ({Jobs / slurm:N0} a second)");
        }
        await using var server = await OrreryUnderTest.Start();
        var begun = clock.GetTimestamp();
        await Parallel.ForAsync(0, Jobs, new ParallelOptions { MaxDegreeOfParallelism = Submitters }, async (_, ct) =>
        {
            using var answer = await server.Http.PostAsJsonAsync("api/v1/workloads", JsonDocument.Parse(Body).RootElement, ct);
            answer.EnsureSuccessStatusCode();
        });
        while (await Succeeded(server) < Jobs)
            await Task.Delay(TimeSpan.FromMilliseconds(50), clock);
        var orrery = clock.GetElapsedTime(begun).TotalSeconds;
        Report.Row($"Orrery: {Jobs} workloads of true, one POST each, {Submitters} at once", $"{orrery:F1} s ({Jobs / orrery:N0} a second)");
        Report.Row("ratio, Slurm's time to Orrery's", $"{slurm / orrery:F2}");
    }

    private static async Task<long> Succeeded(OrreryUnderTest server) =>
        (await server.Http.GetFromJsonAsync<JsonElement>("api/v1/workloads?phase=Succeeded&limit=1")).GetProperty("totalCount").GetInt64();
}
