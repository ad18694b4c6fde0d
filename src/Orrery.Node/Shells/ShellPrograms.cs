namespace Orrery.Node.Shells;

/// <summary>The shells that pods have: those of the machine.</summary>
internal static class ShellPrograms
{
    private static readonly string[] Folders = ["/bin", "/usr/bin", "/usr/local/bin"];

    public static List<string> Present() => [.. ((string[])["bash", "sh", "zsh"]).Where(s => Find(s) is not null)];

    public static string? Find(string shell) =>
        shell is "bash" or "sh" or "zsh" ? Folders.Select(f => Path.Combine(f, shell)).FirstOrDefault(File.Exists) : null;
}
