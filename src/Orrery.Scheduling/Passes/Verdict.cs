namespace Orrery.Scheduling;

/// <summary>What came of trying to start a job.</summary>
internal enum Verdict
{
    Started,

    /// <summary>Its workspace or group has no quota left for it.</summary>
    Quota,

    /// <summary>It would borrow what the head of a lender waits for.</summary>
    Lent,

    /// <summary>No room on the nodes.</summary>
    Nodes,

    /// <summary>It would take what an earlier head holds.</summary>
    Claimed,
}
