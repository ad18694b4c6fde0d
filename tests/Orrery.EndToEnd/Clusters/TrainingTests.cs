using System.Globalization;
using System.Text.RegularExpressions;

namespace Orrery.EndToEnd.Clusters;

/// <summary>Tests that need the processors for themselves.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>The training examples, submitted as a user would: two real ranks that exchange gradients.</summary>
[Collection(nameof(Alone))]
public sealed partial class TrainingTests(SqliteClusterFixture fixture) : IClassFixture<SqliteClusterFixture>
{
    private Api Api => fixture.Ada;

    [Fact]
    public async Task Two_ranks_of_pytorch_train_one_model()
    {
        var id = await Create(Repository.Example("pytorch-ddp/workload.yaml"));
        await Api.MustSucceed(id);
        await MustHaveLearned(id, run: 1);
    }

    [Fact]
    public async Task A_rank_that_is_killed_by_hand_costs_one_run()
    {
        var id = await Create(Repository.Example("pytorch-ddp/workload.yaml"), "--env", "EPOCHS=60");
        await Wait.Until("its third epoch", async () =>
            (await Api.Look(id))["pods"]!.AsArray().Count == 2 && (await Api.Logs(id, 1, 1)).Any(line => line.Contains("epoch 3 ", StringComparison.Ordinal)));
        foreach (var process in await Processes.Of(id, rank: 1))
            await Tool.Run("kill", "-KILL", process);
        var view = await Api.MustSucceed(id);
        view.Int("dispatchCount").ShouldBe(2);
        var firstRun = view["pods"]!.AsArray().Where(pod => pod!.Str("podId").StartsWith($"{id}-1-", StringComparison.Ordinal)).ToList();
        firstRun.Count.ShouldBe(2);
        firstRun.Single(pod => pod!.Str("rank") == "1")!["containers"]!.AsArray()[0]!.Int("exitCode").ShouldBe(128 + 9);
        await MustHaveLearned(id, run: 2);
    }

    [Fact]
    public async Task The_ring_of_two_ranks_needs_no_python()
    {
        var place = PublicCopy();
        try
        {
            var id = await Create(Repository.Example("allreduce.yaml"), "--env", $"ORRERY_DLL={place}/orrery.dll");
            await Api.MustSucceed(id);
            (await Api.Logs(id, 1, 0))[^1].ShouldEndWith("the same on all ranks");
            (await Api.Logs(id, 1, 1))[^1].ShouldEndWith("the same on all ranks");
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    /// <summary>Pods do not see every place where a repository may lie: not /tmp, and not what only root reads.</summary>
    private static string PublicCopy()
    {
        var place = System.IO.Path.Join("/var", "cache", $"orrery-e2e-{Guid.NewGuid():N}");
        Directory.CreateDirectory(place, (UnixFileMode)0x1ED); // 755
        foreach (var file in Directory.EnumerateFiles(AppContext.BaseDirectory).Where(file => System.IO.Path.GetExtension(file) is ".dll" or ".json"))
        {
            var copy = System.IO.Path.Combine(place, System.IO.Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, (UnixFileMode)0x1A4); // 644
        }
        return place;
    }

    [GeneratedRegex(@"over all (?<loss>\d+\.\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Loss();

    /// <summary>Through the command line.</summary>
    private async Task<string> Create(string file, params string[] more)
    {
        var (exitCode, said) = await OrreryProcess.Run(
            ["cluster", "create", "--file", file, "--api-url", fixture.Server.Address.ToString(), "--api-key", fixture.AdaKey, .. more]);
        exitCode.ShouldBe(0, said);
        return said.Trim().Split(' ')[0];
    }

    /// <summary>Both ranks saw the loss fall, and ended with the same weights.</summary>
    private async Task MustHaveLearned(string id, int run)
    {
        string[][] logs = [await Api.Logs(id, run, 0), await Api.Logs(id, run, 1)];
        foreach (var log in logs)
        {
            var losses = log.Select(line => Loss().Match(line)).Where(match => match.Success).Select(match => double.Parse(match.Groups["loss"].Value, CultureInfo.InvariantCulture)).ToList();
            losses.Count.ShouldBeGreaterThanOrEqualTo(10);
            losses[^1].ShouldBeLessThan(0.8 * losses[0]);
            log[^1].ShouldEndWith("the same on all ranks");
        }
        Weights(logs[0]).ShouldBe(Weights(logs[1]));
    }

    private static string Weights(string[] log) => log[^1].Split("weights ")[1];
}
