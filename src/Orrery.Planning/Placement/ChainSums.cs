namespace Orrery.Planning.Placement;

/// <summary>Sums over the first pieces of a chain; index j stands for the first j pieces.</summary>
internal sealed class ChainSums
{
    public ChainSums(IReadOnlyList<PieceWork> pieces)
    {
        Work = new double[pieces.Count + 1];
        Memory = new double[pieces.Count + 1];
        Activation = new double[pieces.Count + 1];
        for (var j = 1; j <= pieces.Count; j++)
        {
            Work[j] = Work[j - 1] + pieces[j - 1].Tflop;
            Memory[j] = Memory[j - 1] + pieces[j - 1].ParamsMb;
            Activation[j] = pieces[j - 1].ActivationMb;
        }
    }

    public int Count => Work.Length - 1;

    public double[] Work { get; }

    public double[] Memory { get; }

    /// <summary>MB that leave the j-th piece.</summary>
    public double[] Activation { get; }

    /// <summary>The first cut before <paramref name="j"/> after which the pieces up to j fit in the limits, searched from <paramref name="low"/> on.</summary>
    public int FirstFit(int low, int j, double maxMemory, double maxWork)
    {
        while (low < j && (Memory[j] - Memory[low] > maxMemory * (1 + 1e-9) || Work[j] - Work[low] > maxWork * (1 + 1e-9)))
            low++;
        return low;
    }
}
