using System.Runtime.CompilerServices;

namespace Orrery.EndToEnd.Fixtures;

/// <summary>Where this repository is.</summary>
public static class Repository
{
    public static string Example(string name) => Path.Combine(Root(), "examples", name);

    public static string Deploy(string name) => Path.Combine(Root(), "deploy", name);

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
