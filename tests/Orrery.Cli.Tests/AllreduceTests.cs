using System.Globalization;
using Orrery.Cli.Examples;
using Orrery.Node.Network;
using Shouldly;
using Xunit;

namespace Orrery.Cli.Tests;

public sealed class AllreduceTests
{
    private static readonly Training Training = new(Epochs: 16, SampleCount: 500, Seed: 7, StepDelay: TimeSpan.Zero);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Ranks_reach_the_weights_of_one_process_on_all_samples(int size)
    {
        var alone = await Train(new World(0, 1, "127.0.0.1", 1, null, "r"), []);
        var losses = new List<double>();
        var port = FreePort.Take();
        var ranks = await Task.WhenAll(Enumerable.Range(0, size).Select(rank =>
            Task.Run(() => Train(new World(rank, size, "127.0.0.1", port, null, "r"), rank == 0 ? losses : []))));
        foreach (var weights in ranks)
            weights.ShouldBe(ranks[0]);
        ranks[0].Zip(alone, (a, b) => Math.Abs(a - b)).Max().ShouldBeLessThan(1e-9);
        losses.ShouldBe(losses.OrderDescending());
        losses[^1].ShouldBeLessThan(losses[0] / 2);
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 1)]
    [InlineData(4, 3)]
    [InlineData(4, 129)]
    public async Task A_sum_is_over_all_ranks_however_many_values_there_are(int size, int length)
    {
        var port = FreePort.Take();
        var sums = await Task.WhenAll(Enumerable.Range(0, size).Select(rank => Task.Run(async () =>
        {
            await using var ring = await Rendezvous.Join(new World(rank, size, "127.0.0.1", port, null, "r"), TimeProvider.System, TestContext.Current.CancellationToken);
            var values = Enumerable.Range(0, length).Select(i => (double)(i * (rank + 1))).ToArray();
            await ring.Sum(values, TestContext.Current.CancellationToken);
            (await ring.AllHave([(byte)(length + rank)], TestContext.Current.CancellationToken)).ShouldBe(size == 1);
            return values;
        })));
        var factor = size * (size + 1) / 2;
        foreach (var sum in sums)
            sum.ShouldBe(Enumerable.Range(0, length).Select(i => (double)(i * factor)));
    }

    [Fact]
    public async Task The_command_needs_only_its_variables_and_says_that_ranks_agree()
    {
        var port = FreePort.Take().ToString(CultureInfo.InvariantCulture);
        var lines = Enumerable.Range(0, 2).Select(rank => new CommandLine(new FakeServer())
        {
            Environment = { ["RANK"] = $"{rank}", ["WORLD_SIZE"] = "2", ["MASTER_ADDR"] = "127.0.0.1", ["MASTER_PORT"] = port, ["POD_IP"] = $"127.0.0.{rank + 1}" },
        }).ToList();
        var codes = await Task.WhenAll(lines.Select(line => Task.Run(() => line.Run("example", "allreduce", "--epochs", "2", "--samples", "200"))));
        codes.ShouldBe([ExitCodes.Ok, ExitCodes.Ok], lines[0].Error + lines[1].Error);
        lines[0].Output.ShouldContain("rank 0 of 2  epoch 2  loss 0.");
        var hashes = lines.Select(line => line.Output.Split("weights ")[1]).ToList();
        hashes[0].ShouldBe(hashes[1]);
        hashes[0].ShouldEndWith("  the same on all ranks\n");
    }

    [Fact]
    public async Task A_variable_that_means_nothing_is_named()
    {
        var line = new CommandLine(new FakeServer()) { Environment = { ["RANK"] = "2", ["WORLD_SIZE"] = "2" } };
        (await line.Run("example", "allreduce")).ShouldBe(ExitCodes.BadInput);
        line.Error.ShouldContain("RANK=2: expected 0 to 1.");
    }

    private static async Task<double[]> Train(World world, List<double> losses)
    {
        await using var ring = await Rendezvous.Join(world, TimeProvider.System, TestContext.Current.CancellationToken);
        return await Training.Run(ring, TimeProvider.System, epoch => losses.Add(epoch.Loss), TestContext.Current.CancellationToken);
    }
}
