using System.Text;

namespace Orrery.Kubernetes.Testing.Pods;

/// <summary>A root folder for a container with volumes: all that this machine has at its own, and the volumes where the container wants them.</summary>
internal static class ContainerRoot
{
    private const string Ready = ".rooted";

    /// <summary>The file that is there once the root is.</summary>
    public static string Mark(string folder) => Path.Combine(folder, Ready);

    /// <summary>A shell script for a mount namespace of its own, which goes on with <paramref name="script"/> and its arguments below the new root.</summary>
    public static string Script(string folder, IReadOnlyList<Mount> mounts, string script)
    {
        var root = Path.Combine(folder, "root");
        Directory.CreateDirectory(root);
        var text = new StringBuilder();
        text.Append($"set -e; mount -t tmpfs tmpfs '{root}'; for d in /*; do if [ -L $d ]; then cp -P $d '{root}'; elif [ -d $d ]; then mkdir '{root}'$d; mount --rbind $d '{root}'$d; fi; done; ");
        foreach (var mount in mounts)
            text.Append($"[ -e '{root}{mount.Path}' ] || mkdir -p '{root}{mount.Path}'; mount --bind '{mount.Folder}' '{root}{mount.Path}'; {(mount.IsReadOnly ? $"mount -o remount,bind,ro '{root}{mount.Path}'; " : "")}");
        return text.Append($"exec chroot '{root}' /bin/sh -c 'cd \"$0\"; : >\"$1\"; i=$2; shift 2; eval \"$i\"' '{folder}' '{Mark(folder)}' {Quoted(script)} \"$@\"").ToString();
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
