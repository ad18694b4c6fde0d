using System.Text;

namespace Orrery.Node.Posix;

/// <summary>Writes text that a POSIX shell reads back as it was.</summary>
internal static class ShellText
{
    public static string Quote(string value) => "'" + value.Replace("'", "'\\''") + "'";

    public static string Assignments(IEnumerable<(string Name, string Value)> variables, string prefix = "")
    {
        var text = new StringBuilder();
        foreach (var (name, value) in variables)
            text.Append(prefix).Append(name).Append('=').Append(Quote(value)).Append('\n');
        return text.ToString();
    }
}
