namespace Orrery.Agent.Reporting;

/// <summary>Delays that double, up to a limit short enough for a pass over a station.</summary>
internal sealed class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private TimeSpan next = First;

    public TimeSpan Next()
    {
        var delay = next;
        next = delay * 2 < Longest ? delay * 2 : Longest;
        return delay;
    }

    public void Reset() => next = First;
}
