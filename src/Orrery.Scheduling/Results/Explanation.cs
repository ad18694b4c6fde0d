namespace Orrery.Scheduling;

/// <summary>Why a job waits.</summary>
/// <param name="Code">One of <see cref="ReasonCodes"/>.</param>
/// <param name="Message">Plain English with the numbers.</param>
/// <param name="Order">Place in its workspace's queue from 1; 0 when it is not in the queue.</param>
/// <param name="Ahead">At most ten ids of its workspace that come first, the first first.</param>
/// <param name="ExpectedStart">Earliest start by known timeouts; null when these do not tell.</param>
public sealed record Explanation(string Code, string Message, int Order, IReadOnlyList<string> Ahead, DateTimeOffset? ExpectedStart);

/// <summary>What submitting a job now would give.</summary>
/// <param name="FitsNow">It would start at once.</param>
/// <param name="Nodes">Then: the node of each rank.</param>
/// <param name="Wait">Otherwise: why it would wait.</param>
public sealed record Forecast(bool FitsNow, IReadOnlyList<string> Nodes, Explanation? Wait);
