using System.Globalization;
using System.Net;

namespace Orrery.Cli.Examples;

/// <summary>Which rank this is and where rank 0 is, from the variables that torchrun gives.</summary>
/// <param name="Rank">From 0.</param>
/// <param name="Size">How many ranks there are.</param>
/// <param name="MasterHost">Where rank 0 listens.</param>
/// <param name="MasterPort">Its port.</param>
/// <param name="OwnAddress">What the others reach this rank at; null: as rank 0 sees it.</param>
/// <param name="RunId">The same for all ranks of one run and for no others.</param>
internal sealed record World(int Rank, int Size, string MasterHost, int MasterPort, IPAddress? OwnAddress, string RunId)
{
    private const int DefaultPort = 29_500;

    /// <exception cref="CommandException">A variable holds what it cannot mean.</exception>
    public static World Of(Func<string, string?> environment)
    {
        var size = Number("WORLD_SIZE", 1, 1, int.MaxValue);
        return new World(
            Number("RANK", 0, 0, size - 1),
            size,
            environment("MASTER_ADDR") is { Length: > 0 } host ? host : "127.0.0.1",
            Number("MASTER_PORT", DefaultPort, 1, ushort.MaxValue),
            IPAddress.TryParse(environment("POD_IP"), out var own) ? own : null,
            $"{environment("WORKLOAD_ID")}/{environment("DISPATCH_COUNT")}");

        int Number(string name, int usual, int least, int most)
        {
            if (environment(name) is not { Length: > 0 } text)
                return usual;
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
                ? number
                : throw new CommandException(ExitCodes.BadInput, $"{name}={text}: expected {least} to {most}.");
        }
    }
}
