using System.Globalization;
using System.Text;

namespace Orrery.Node.Posix;

/// <summary>One line of the process table.</summary>
internal sealed record ProcessEntry(int Pid, int Session, long StartTicks, bool IsZombie);

/// <summary>Reads <c>/proc</c>.</summary>
internal static class ProcessTable
{
    public static ProcessEntry? Find(int pid)
    {
        if (Files.TryRead($"/proc/{pid}/stat") is not { } stat)
            return null;
        // The name in parentheses may hold anything, so fields are counted from its end.
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return fields.Length < 20 ? null : new(
            pid,
            int.Parse(fields[3], CultureInfo.InvariantCulture),
            long.Parse(fields[19], CultureInfo.InvariantCulture),
            fields[0] is "Z" or "X");
    }

    public static IEnumerable<int> Pids()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                yield return pid;
        }
    }

    /// <summary>The pid namespace, like <c>pid:[4026531836]</c>; null when the process is gone or not ours to see.</summary>
    public static string? PidNamespace(int pid)
    {
        try
        {
            return new FileInfo($"/proc/{pid}/ns/pid").LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public static bool HasVariable(int pid, string assignment)
    {
        try
        {
            var environment = File.ReadAllBytes($"/proc/{pid}/environ");
            return environment.AsSpan().IndexOf(Encoding.UTF8.GetBytes(assignment + "\0")) >= 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
