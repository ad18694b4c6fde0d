namespace Orrery.Scheduling;

/// <summary>What makes two shapes the same.</summary>
internal readonly record struct ShapeKey(Selector Selector, Resources Request, int Replicas, string Specified);

/// <summary>What jobs ask for. Jobs that ask for the same share one, and what is learned of it.</summary>
internal sealed class Shape(ShapeKey key, IReadOnlyList<string> specified)
{
    public ShapeKey Key => key;

    public Selector Selector => key.Selector;

    public Resources Request => key.Request;

    public int Replicas => key.Replicas;

    public IReadOnlyList<string> Specified => specified;

    public Resources Total { get; } = key.Request * key.Replicas;

    /// <summary>Jobs that have it.</summary>
    public int Users { get; set; }

    /// <summary><see cref="NodeSet.Grown"/> when it was last found not to fit; nothing but growth can change that.</summary>
    public long FailedAt { get; set; } = -1;

    /// <summary><see cref="NodeSet.Moves"/> when it was last found to fit.</summary>
    public long TriedAt { get; set; } = -1;

    /// <summary><see cref="NodeSet.Version"/> for which <see cref="FitsEmpty"/> holds.</summary>
    public int EmptyVersion { get; set; } = -1;

    /// <summary>It would fit if nothing else ran.</summary>
    public bool FitsEmpty { get; set; }

    /// <summary>What was last said about it; valid for one state of the cluster.</summary>
    public ShapeReport? Report { get; set; }
}
