namespace Orrery.Planning.Routing;

/// <summary>The ways from one place over any number of satellites and stations, stored and forwarded whole, on which data arrives first.</summary>
/// <remarks>
/// Exact over the links it looks at: what is ready earlier is never sent later over the same link, so Dijkstra's algorithm on
/// arrival times finds the least. E. W. Dijkstra, A note on two problems in connexion with graphs, 1959. Of ways that arrive
/// together, that with the fewest hops. It goes on where it stopped when it is asked for another place.
/// </remarks>
/// <param name="network">The world.</param>
/// <param name="from">Where the data is.</param>
/// <param name="ready">Since when, seconds since 1970.</param>
/// <param name="mb">MB.</param>
internal sealed class EarliestWays(ContactNetwork network, int from, double ready, double mb)
{
    /// <summary>By place; the ground is the first.</summary>
    private readonly Reached[] places = Start(network.Satellites + 1, from, ready);

    private readonly List<(int Place, double Arrival)> onward = [];

    /// <summary>Whether this is about the same data.</summary>
    public bool IsOf(int source, double since, double size) => source == from && since == ready && size == mb;

    /// <summary>When the data is there, seconds since 1970; what is known already when no way is earlier.</summary>
    /// <param name="to">Where it is wanted.</param>
    /// <param name="known">Arrival on a way that is known; +∞ for none.</param>
    public double Arrival(int to, double known)
    {
        while (!places[to + 1].IsSettled && Nearest() is { } place && places[place + 1].Arrival < known)
            Settle(place);
        return places[to + 1].IsSettled ? Math.Min(known, places[to + 1].Arrival) : known;
    }

    /// <summary>The places from one to the other; null when no way is earlier than one that is known.</summary>
    /// <inheritdoc cref="Arrival"/>
    public IReadOnlyList<int>? Way(int to, double known)
    {
        if (Arrival(to, known) >= known)
            return null;
        List<int> way = [to];
        while (way[^1] != from)
            way.Add(places[way[^1] + 1].Before);
        way.Reverse();
        return way;
    }

    private void Settle(int place)
    {
        ref var here = ref places[place + 1];
        here.IsSettled = true;
        var hops = here.Hops + 1;
        onward.Clear();
        network.Onward(place, here.Arrival, mb, here.Hops > 0, onward);
        foreach (var (next, arrival) in onward)
        {
            ref var there = ref places[next + 1];
            if (!there.IsSettled && (arrival < there.Arrival || (arrival == there.Arrival && hops < there.Hops)))
                there = new() { Arrival = arrival, Before = place, Hops = hops };
        }
    }

    private int? Nearest()
    {
        var nearest = -1;
        var (arrival, hops) = (double.PositiveInfinity, 0);
        for (var i = 0; i < places.Length; i++)
        {
            ref var place = ref places[i];
            if (!place.IsSettled && (place.Arrival < arrival || (place.Arrival == arrival && place.Hops < hops)))
                (nearest, arrival, hops) = (i, place.Arrival, place.Hops);
        }

        return nearest < 0 ? null : nearest - 1;
    }

    private static Reached[] Start(int count, int from, double ready)
    {
        var start = new Reached[count];
        Array.Fill(start, new() { Arrival = double.PositiveInfinity });
        start[from + 1].Arrival = ready;
        return start;
    }

    /// <summary>How the data comes to a place.</summary>
    private struct Reached
    {
        public double Arrival;

        public int Before;

        public int Hops;

        public bool IsSettled;
    }
}
