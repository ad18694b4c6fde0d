namespace Orrery.Cli.Connection;

internal static class LocalAddress
{
    private static readonly string[] Wildcards = ["://0.0.0.0", "://[::]", "://+", "://*"];

    /// <summary>A listening address as a client of the same machine calls it: a wildcard becomes loopback.</summary>
    public static string Of(string listening) =>
        Wildcards.Aggregate(listening, (address, wildcard) => address.Replace(wildcard, "://127.0.0.1"));
}
