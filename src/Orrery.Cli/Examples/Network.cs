namespace Orrery.Cli.Examples;

/// <summary>Two inputs, one hidden layer (tanh), one output (sigmoid); its loss is the cross entropy.</summary>
internal sealed class Network
{
    private const int Hidden = 16;
    private const int PerHidden = 4;
    private const double Least = 1e-12;

    /// <summary>For each hidden unit its two inputs, its bias and its output; at the end the output's bias.</summary>
    public double[] Weights { get; } = new double[(Hidden * PerHidden) + 1];

    /// <summary>The same first weights on every rank.</summary>
    public Network(int seed)
    {
        var random = new SplitMix((ulong)(uint)seed);
        for (var i = 0; i < Weights.Length; i++)
            Weights[i] = random.Between(-1, 1);
    }

    /// <summary>Adds a sample's gradient to <paramref name="gradient"/>.</summary>
    /// <returns>Its loss, and whether the network is right about it.</returns>
    public (double Loss, bool IsRight) Learn(in Sample sample, double[] gradient)
    {
        Span<double> hidden = stackalloc double[Hidden];
        var sum = Weights[^1];
        for (var i = 0; i < Hidden; i++)
        {
            var at = i * PerHidden;
            hidden[i] = Math.Tanh((Weights[at] * sample.X) + (Weights[at + 1] * sample.Y) + Weights[at + 2]);
            sum += Weights[at + 3] * hidden[i];
        }
        var guess = 1 / (1 + Math.Exp(-sum));
        var error = guess - sample.Label;
        for (var i = 0; i < Hidden; i++)
        {
            var at = i * PerHidden;
            var back = error * Weights[at + 3] * (1 - (hidden[i] * hidden[i]));
            gradient[at] += back * sample.X;
            gradient[at + 1] += back * sample.Y;
            gradient[at + 2] += back;
            gradient[at + 3] += error * hidden[i];
        }
        gradient[^1] += error;
        var chance = sample.Label > 0 ? guess : 1 - guess;
        return (-Math.Log(Math.Max(chance, Least)), (guess > 0.5) == (sample.Label > 0.5));
    }
}
