namespace Orrery.Cli.Connection;

internal static class Variables
{
    /// <summary>The first of these that is set and not empty.</summary>
    public static string? First(Terminal terminal, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (terminal.Environment(name) is { Length: > 0 } value)
                return value.Trim();
        }
        return null;
    }
}
