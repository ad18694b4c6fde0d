using System.Runtime.CompilerServices;

namespace Orrery.Cli.Tests;

internal static class Examples
{
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../examples"));

    private static string Here([CallerFilePath] string path = "") => path;
}
