using System.Diagnostics;

namespace Orrery.Agent.Programs;

/// <summary>What kind of a thing a name in a folder is; .NET does not tell pipes and devices from files.</summary>
internal static class FileKind
{
    public static bool IsRegular(string path)
    {
        using var test = Process.Start(new ProcessStartInfo("/usr/bin/test", ["-f", path]) { UseShellExecute = false })!;
        test.WaitForExit();
        return test.ExitCode == 0;
    }
}
