namespace Orrery.Cli.Examples;

/// <summary>Gradient descent with momentum over all samples, those of this rank here.</summary>
/// <param name="Epochs">Reports.</param>
/// <param name="SampleCount">Over all ranks.</param>
/// <param name="Seed">Of samples and first weights.</param>
/// <param name="StepDelay">After each step.</param>
internal sealed record Training(int Epochs, int SampleCount, int Seed, TimeSpan StepDelay)
{
    private const int StepsPerEpoch = 20;
    private const double Rate = 0.5;
    private const double Momentum = 0.9;

    /// <returns>The weights, which are the same on every rank.</returns>
    public async Task<double[]> Run(Ring ring, TimeProvider clock, Action<Epoch> report, CancellationToken cancellation)
    {
        var network = new Network(Seed);
        var samples = Samples.Of(Seed, SampleCount, ring.Rank, ring.Size).ToList();
        var velocity = new double[network.Weights.Length];
        for (var number = 1; number <= Epochs; number++)
        {
            var epoch = new Epoch(number, 0, 0);
            for (var step = 0; step < StepsPerEpoch; step++)
            {
                epoch = await Step(number, network, samples, velocity, ring, cancellation);
                if (StepDelay > TimeSpan.Zero)
                    await Task.Delay(StepDelay, clock, cancellation);
            }
            report(epoch);
        }
        return network.Weights;
    }

    /// <summary>One vector holds the gradient, the loss and how many were right, so that one exchange sums all three.</summary>
    private async Task<Epoch> Step(int number, Network network, List<Sample> samples, double[] velocity, Ring ring, CancellationToken cancellation)
    {
        var gradient = new double[network.Weights.Length];
        double loss = 0;
        double right = 0;
        foreach (var sample in samples)
        {
            var outcome = network.Learn(sample, gradient);
            loss += outcome.Loss;
            right += outcome.IsRight ? 1 : 0;
        }
        double[] sums = [.. gradient, loss, right];
        await ring.Sum(sums, cancellation);
        for (var i = 0; i < velocity.Length; i++)
        {
            velocity[i] = (Momentum * velocity[i]) - (Rate * sums[i] / SampleCount);
            network.Weights[i] += velocity[i];
        }
        return new Epoch(number, sums[^2] / SampleCount, sums[^1] / SampleCount);
    }
}

/// <summary>How well the network did over all ranks' samples, before the last step.</summary>
internal readonly record struct Epoch(int Number, double Loss, double Accuracy);
