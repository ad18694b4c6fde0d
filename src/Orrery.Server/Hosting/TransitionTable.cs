using System.Collections;

namespace Orrery.Server.Hosting;

/// <summary>A state machine as a table: what is not in it does not happen.</summary>
internal sealed class TransitionTable<TState, TTrigger> : IEnumerable<(TState From, TTrigger On, TState To)>
    where TState : notnull
    where TTrigger : notnull
{
    private readonly Dictionary<(TState, TTrigger), TState> moves = [];

    public void Add(TState from, TTrigger on, TState to) => moves.Add((from, on), to);

    /// <summary>The state that follows, or null when the trigger changes nothing.</summary>
    public bool TryMove(TState from, TTrigger on, out TState to) => moves.TryGetValue((from, on), out to!);

    public IEnumerator<(TState From, TTrigger On, TState To)> GetEnumerator() =>
        moves.Select(move => (move.Key.Item1, move.Key.Item2, move.Value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
