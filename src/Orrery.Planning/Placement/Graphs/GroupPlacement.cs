using Orrery.Planning.Expansion;

namespace Orrery.Planning.Placement.Graphs;

/// <summary>Chooses satellites for stages that run side by side, and how they divide work that can be divided.</summary>
/// <remarks>
/// First as if each satellite had the world to itself. Work of equal parts: the least time T by which the best N
/// satellites can together do all parts, found by bisection, for what a satellite has delivered by T never falls with T;
/// fixed work: the N satellites that deliver first. That is the exact optimum of the relaxed problem, so it bounds what
/// follows: the stages are placed one after the other, each taking what it uses, in several orders and with several
/// exchanges, and the best of those schedules is kept.
/// </remarks>
internal sealed class GroupPlacement(GraphProblem problem, IReadOnlyList<StageSpec> stages, SharedWork? shared)
{
    private const double Precision = 0.01;
    private const double Same = 0.05;

    private readonly int parts = shared?.Parts ?? 0;
    private readonly Dictionary<(int Stage, int Parts, int Place), double> delivered = [];
    private readonly Dictionary<(int Stage, int Parts, int Place), double> earliest = [];
    private Dictionary<int, int> firstAlike = [];

    /// <summary>Extends a schedule by the group, so that the last of its results is there as early as possible.</summary>
    /// <param name="run">The schedule so far; unchanged.</param>
    /// <param name="takes">Whether stages take from each other what they use.</param>
    /// <returns>Null when they cannot all be placed.</returns>
    public ScheduleRun? Extend(ScheduleRun run, bool takes)
    {
        delivered.Clear();
        earliest.Clear();
        firstAlike = stages.ToDictionary(stage => stage.Index, stage => stages.First(other => AreAlike(stage, other)).Index);
        if (Relaxed(run) is not { } relaxed)
            return null;
        if (!takes)
            return Commit(run, relaxed)?.Run;
        var best = Commit(run, relaxed);
        var target = relaxed.Max(one => one.Delivered);
        var vain = 0;
        for (var tries = 1; tries < problem.Tries && vain < problem.VainTries && (best is null || best.Value.Last > target + Same); tries++)
        {
            if (Commit(run, Changed(run, best?.Choices ?? relaxed, tries), best?.Last) is { } better)
                (best, vain) = (better, 0);
            else
                vain++;
        }

        return best?.Run;
    }

    /// <summary>The optimum of satellites that do not get into each other's way; null when there are too few.</summary>
    private List<Choice>? Relaxed(ScheduleRun run)
    {
        var places = stages.SelectMany(problem.Places).Distinct().Order().ToList();
        if (places.Count < stages.Count)
            return null;
        return shared is null ? Fixed(run, places) : Divided(run, places);
    }

    private List<Choice>? Fixed(ScheduleRun run, List<int> places)
    {
        var free = places.ToHashSet();
        var choices = new List<Choice>();
        foreach (var stage in stages.OrderByDescending(stage => stage.ComputeTflop).ThenBy(stage => problem.Places(stage).Count()))
        {
            if (InOrder(run, stage, free).FirstOrDefault() is not { } best)
                return null;
            free.Remove(best.Place);
            choices.Add(best);
        }

        return choices;
    }

    /// <summary>The places from which a stage is delivered at all, first the one from which it is earliest; only those are looked at closely that may be next.</summary>
    private IEnumerable<Choice> InOrder(ScheduleRun run, StageSpec stage, HashSet<int> free)
    {
        var next = new PriorityQueue<(int Place, bool IsExact), (double Delivered, bool IsExact, int Place)>();
        foreach (var place in problem.Places(stage).Where(free.Contains))
            next.Enqueue((place, false), (Earliest(run, stage, place), false, place));
        while (next.TryDequeue(out var one, out var order) && double.IsFinite(order.Delivered))
        {
            if (one.IsExact)
                yield return new(stage, one.Place, order.Delivered);
            else
                next.Enqueue((one.Place, true), (Delivered(run, stage, one.Place), true, one.Place));
        }
    }

    private List<Choice>? Divided(ScheduleRun run, List<int> places)
    {
        var most = parts - stages.Count + 1;
        var brackets = places.Select(place => new Bracket(place, Capacity(run, place, problem.End, 0, most))).Where(bracket => bracket.Most > 0).ToList();
        if (Enough(brackets, bracket => bracket.Most) is not { } all)
            return null;
        var (low, high) = (problem.Start, problem.End);
        while (high - low > Precision)
        {
            var middle = (low + high) / 2;
            foreach (var bracket in brackets)
                bracket.Now = Capacity(run, bracket.Place, middle, bracket.Least, bracket.Most);
            if (Enough(brackets, bracket => bracket.Now) is { } enough)
            {
                (high, all) = (middle, enough);
                brackets.ForEach(bracket => bracket.Most = bracket.Now);
            }
            else
            {
                low = middle;
                brackets.ForEach(bracket => bracket.Least = bracket.Now);
            }
        }

        // Who could do more than is left does less: the last get what remains, at least one part each.
        var left = parts;
        var choices = new List<Choice>();
        foreach (var (stage, (place, capacity)) in stages.Zip(all))
        {
            var behind = stages.Count - choices.Count - 1;
            var given = Math.Min(capacity, left - behind);
            left -= given;
            choices.Add(Give(run, stage, place, given));
        }

        return choices;
    }

    /// <summary>The N satellites that deliver the most parts, when that is all parts; else null.</summary>
    private List<(int Place, int Parts)>? Enough(List<Bracket> brackets, Func<Bracket, int> capacity)
    {
        var best = brackets.Select(bracket => (bracket.Place, Parts: capacity(bracket))).Where(one => one.Parts > 0)
            .OrderByDescending(one => one.Parts).ThenBy(one => one.Place).Take(stages.Count).ToList();
        return best.Count == stages.Count && best.Sum(one => (long)one.Parts) >= parts ? best : null;
    }

    /// <summary>How many parts a satellite has delivered by a time, which is known to be from <paramref name="low"/> to <paramref name="high"/>.</summary>
    private int Capacity(ScheduleRun run, int place, double time, int low, int high)
    {
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (Delivered(run, shared!.Give(stages[0], middle), place) <= time)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private Choice Give(ScheduleRun run, StageSpec stage, int place, int given)
    {
        var spec = shared!.Give(stage, given);
        return new(spec, place, Delivered(run, spec, place));
    }

    /// <summary>Of one schedule; asked again in each try, and of stages that are alike.</summary>
    private double Delivered(ScheduleRun run, StageSpec stage, int place) => Known(delivered, run.Delivered, stage, place);

    /// <summary>No later than that.</summary>
    private double Earliest(ScheduleRun run, StageSpec stage, int place) => Known(earliest, run.EarliestDelivered, stage, place);

    private double Known(Dictionary<(int Stage, int Parts, int Place), double> known, Func<StageSpec, int, double> find, StageSpec stage, int place)
    {
        var key = (firstAlike[stage.Index], stage.Parts, place);
        if (!known.TryGetValue(key, out var time))
            known[key] = time = find(stage, place);
        return time;
    }

    /// <summary>Whether two stages are delivered at the same time by the same satellite.</summary>
    private bool AreAlike(StageSpec one, StageSpec other) =>
        (one.NotBefore, one.ComputeTflop, one.DurationS, one.InputMb, one.OutputMb) == (other.NotBefore, other.ComputeTflop, other.DurationS, other.InputMb, other.OutputMb)
        && one.Inputs.SequenceEqual(other.Inputs)
        && problem.EndsOnGround(one) == problem.EndsOnGround(other);

    /// <summary>Another try: a satellite of whoever is last is exchanged, a part of its work goes to another, or it goes first.</summary>
    private List<Choice> Changed(ScheduleRun run, List<Choice> choices, int number)
    {
        var last = choices.MaxBy(choice => choice.Actual)!;
        var others = choices.Where(choice => choice != last).OrderBy(choice => choice.Actual).ToList();
        var (kind, which) = (number % 3, number / 3);
        if (kind == 0)
        {
            var free = problem.Places(last.Stage).Except(choices.Select(choice => choice.Place)).ToHashSet();
            var unused = InOrder(run, last.Stage, free).Take(which + 1).ToList();
            if (unused.Count > 0)
                return [.. others, unused[which % unused.Count]];
        }

        if (kind == 1 && shared is not null && last.Stage.Parts > 1 && others.Count > 0)
        {
            var helper = others[which % others.Count];
            return
            [
                .. others.Where(choice => choice != helper), Give(run, helper.Stage, helper.Place, helper.Stage.Parts + 1),
                Give(run, last.Stage, last.Place, last.Stage.Parts - 1),
            ];
        }

        return [last with { Priority = last.Priority - 1 - which }, .. others];
    }

    /// <summary>Places the stages, by priority and then as they deliver, and sees when the last result is there.</summary>
    /// <param name="before">The schedule so far; unchanged.</param>
    /// <param name="choices">Where they run.</param>
    /// <param name="known">When the last result is there in a schedule that is known.</param>
    /// <returns>Null when they cannot all be placed, or no earlier than is known.</returns>
    private (ScheduleRun Run, double Last, List<Choice> Choices)? Commit(ScheduleRun before, List<Choice> choices, double? known = null)
    {
        var limit = known ?? double.PositiveInfinity;
        if (choices.Exists(choice => choice.Delivered >= limit)) // among others it is not earlier than alone
            return null;
        var run = before.Fork();
        foreach (var choice in choices.OrderBy(choice => choice.Priority).ThenBy(choice => choice.Delivered).ThenBy(choice => choice.Stage.Index))
        {
            if (!run.Place(choice.Stage, choice.Place) || run.Of(choice.Stage.Index)!.End >= limit)
                return null;
        }

        // The results go down in the order in which they are ready; what each uses is free for none of the others.
        var trial = run.Fork();
        var seen = new List<Choice>();
        foreach (var choice in choices.OrderBy(choice => run.Of(choice.Stage.Index)!.End))
        {
            if (trial.Arrival(choice.Stage) is not { } arrival || arrival >= limit)
                return null;
            seen.Add(choice with { Actual = arrival });
        }

        return (run, seen.Max(choice => choice.Actual), seen);
    }

    /// <summary>What a satellite can do by the times between which the search still is.</summary>
    private sealed class Bracket(int place, int most)
    {
        public int Place => place;

        public int Least { get; set; }

        public int Most { get; set; } = most;

        public int Now { get; set; }
    }

    /// <param name="Stage">With the work that it gets.</param>
    /// <param name="Place">Its satellite.</param>
    /// <param name="Delivered">When its result is there, were it alone.</param>
    private sealed record Choice(StageSpec Stage, int Place, double Delivered)
    {
        /// <summary>Lower is placed earlier.</summary>
        public int Priority { get; init; }

        /// <summary>When its result is there among the others.</summary>
        public double Actual { get; init; } = Delivered;
    }
}
