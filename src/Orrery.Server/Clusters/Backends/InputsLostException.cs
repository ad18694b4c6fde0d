using Orrery.Contracts.Runs;

namespace Orrery.Server.Clusters.Backends;

/// <summary>What a run is given is not in the server's storage. It may be where another server keeps its own, or come back with a volume: whoever waits for it waits for a while.</summary>
internal sealed class InputsLostException(string message, Exception? inner = null) : Exception(message, inner)
{
    public static InputsLostException Of(RunFile file, Exception inner) => new($"{file.Path} is not in the server's storage", inner);
}
