using System.CommandLine;
using System.CommandLine.Parsing;
using Orrery.Cli.Runtime;

namespace Orrery.Cli.Examples;

/// <summary>Distributed training: every rank has its own samples, and all have the same weights after each step.</summary>
internal static class AllreduceCommand
{
    private const int DefaultEpochs = 20;
    private const int DefaultSamples = 2_000;

    private const string Examples = """
        RANK, WORLD_SIZE, MASTER_ADDR and MASTER_PORT are read from the environment, as torchrun and Orrery give them.
        orrery example allreduce
        orrery cluster create --name allreduce --replicas 2 --watch -- dotnet /path/to/orrery.dll example allreduce
        """;

    private static readonly Option<int> Epochs = new("--epochs") { Description = "Rounds of training", HelpName = "N", DefaultValueFactory = _ => DefaultEpochs, Validators = { Positive } };
    private static readonly Option<int> Samples = new("--samples") { Description = "Samples, over all ranks", HelpName = "N", DefaultValueFactory = _ => DefaultSamples, Validators = { Positive } };
    private static readonly Option<int> Seed = new("--seed") { Description = "Of the samples and the first weights", HelpName = "N", DefaultValueFactory = _ => 1 };
    private static readonly Option<double> StepDelay = new("--step-delay") { Description = "Wait after each step", HelpName = "SECONDS" };

    public static Command Create(Terminal terminal)
    {
        var command = new Command("allreduce", "Train a small network on all ranks, their gradients summed by ring all-reduce over TCP") { Epochs, Samples, Seed, StepDelay };
        command.Runs(terminal, async (context, cancellation) =>
        {
            var world = World.Of(terminal.Environment);
            await using var ring = await Rendezvous.Join(world, terminal.Clock, cancellation);
            var training = new Training(
                context.Options.GetValue(Epochs), context.Options.GetValue(Samples), context.Options.GetValue(Seed),
                TimeSpan.FromSeconds(Math.Max(0, context.Options.GetValue(StepDelay))));
            await Run(terminal, world, ring, training, cancellation);
        });
        return command.WithExamples(Examples);
    }

    private static void Positive(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() < 1)
            result.AddError($"{result.Option.Name}: expected 1 or more.");
    }

    private static async Task Run(Terminal terminal, World world, Ring ring, Training training, CancellationToken cancellation)
    {
        var who = $"rank {world.Rank} of {world.Size}";
        try
        {
            var weights = await training.Run(
                ring, terminal.Clock, epoch => terminal.Output.WriteLine($"{who}  epoch {epoch.Number}  loss {epoch.Loss:F6}  accuracy {epoch.Accuracy:P1}"), cancellation);
            var hash = Fingerprint.Of(weights);
            if (!await ring.AllHave(hash, cancellation))
                throw new CommandException(ExitCodes.WorkloadFailed, $"{who}: the ranks ended with different weights.");
            await terminal.Output.WriteLineAsync($"{who}  weights {Convert.ToHexStringLower(hash)}  the same on all ranks");
        }
        catch (IOException e)
        {
            throw new CommandException(ExitCodes.WorkloadFailed, $"{who} lost another rank: {e.Message}");
        }
    }
}
