using Orrery.Kubernetes.Configuration;

namespace Orrery.Kubernetes;

/// <summary>Reads kubeconfigs.</summary>
public static class KubeConfig
{
    private const int LargestFile = 1024 * 1024;

    /// <summary>From the files of <c>KUBECONFIG</c>, else <c>~/.kube/config</c>.</summary>
    /// <exception cref="KubernetesConfigurationException">There is none, or it cannot be used; the message names the field.</exception>
    public static KubernetesConnection LoadDefault(string? context = null, TimeProvider? clock = null)
    {
        var paths = Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } listed
            ? listed.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
        return Load(paths, context, clock);
    }

    /// <summary>Several files are one: of each name the first counts.</summary>
    /// <exception cref="KubernetesConfigurationException">None is there, or they cannot be used; the message names the field.</exception>
    public static KubernetesConnection Load(IReadOnlyList<string> paths, string? context = null, TimeProvider? clock = null)
    {
        var parts = paths.Where(File.Exists).Select(path => KubeConfigParser.Parse(Read(path), Path.GetDirectoryName(Path.GetFullPath(path)))).ToList();
        if (parts.Count == 0)
            throw new KubernetesConfigurationException($"There is no kubeconfig at {string.Join(", ", paths)}.");
        return new KubeConfigResolver(KubeConfigModel.Merge(parts), KubeConfigRules.Everything, clock ?? TimeProvider.System).Resolve(context);
    }

    /// <summary>From text that is nobody's file.</summary>
    /// <exception cref="KubernetesConfigurationException">It cannot be used, or not by these rules; the message names the field.</exception>
    public static KubernetesConnection Parse(string text, KubeConfigRules rules, string? context = null, TimeProvider? clock = null)
    {
        if (text.Length > LargestFile)
            throw new KubernetesConfigurationException($"The kubeconfig is larger than {LargestFile} characters.");
        return new KubeConfigResolver(KubeConfigParser.Parse(text, folder: null), rules, clock ?? TimeProvider.System).Resolve(context);
    }

    private static string Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= LargestFile
                ? File.ReadAllText(path)
                : throw new KubernetesConfigurationException($"The kubeconfig {path} is larger than {LargestFile} bytes.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KubernetesConfigurationException($"The kubeconfig {path} cannot be read.", e);
        }
    }
}
