using Orrery.Server.Clusters;
using Shouldly;
using Xunit;

namespace Orrery.Server.Tests.Clusters;

public sealed class ClusterPhaseTests
{
    /// <summary>The whole machine: rows are phases, columns are triggers, "-" is no move.</summary>
    private const string Table =
        """
        phase      RunReady  RunUpdating  RunNotReady  RunSucceeded  RunFailed  RunRetried  Preempted  StopRequested  TimedOut  DependencyFailed
        Pending    Running   Updating     NotReady     Succeeded     Failed     Pending     Pending    Stopped        Stopped   Failed
        Running    -         Updating     NotReady     Succeeded     Failed     Pending     Pending    Stopped        Stopped   -
        Updating   Running   -            NotReady     Succeeded     Failed     Pending     Pending    Stopped        Stopped   -
        NotReady   Running   Updating     -            Succeeded     Failed     Pending     Pending    Stopped        Stopped   -
        Succeeded  -         -            -            -             -          -           -          -              -         -
        Failed     -         -            -            -             -          -           -          -              -         -
        Stopped    -         -            -            -             -          -           -          -              -         -
        """;

    [Fact]
    public void Every_move_is_the_documented_one()
    {
        var lines = Table.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        foreach (var row in lines.Skip(1))
        {
            for (var column = 1; column < row.Length; column++)
            {
                var trigger = Enum.Parse<ClusterTrigger>(lines[0][column]);
                var moved = ClusterPhase.Transitions.TryMove(row[0], trigger, out var next);
                (moved ? next : "-").ShouldBe(row[column], $"{row[0]} on {trigger}");
            }
        }
        lines.Count.ShouldBe(ClusterPhase.All.Count + 1);
        lines[0].Length.ShouldBe(Enum.GetValues<ClusterTrigger>().Length + 1);
    }
}
