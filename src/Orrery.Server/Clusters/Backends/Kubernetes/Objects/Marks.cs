using System.Globalization;
using Orrery.Kubernetes.Objects;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Objects;

/// <summary>Labels and annotations by which Orrery knows its objects.</summary>
internal static class Marks
{
    public const string Workload = "orrery.dev/workload";

    /// <summary>Which registration of a cluster made it: two installations on one cluster do not touch each other's.</summary>
    public const string Instance = "orrery.dev/instance";

    public const string Workspace = "orrery.dev/workspace";
    public const string Kind = "orrery.dev/kind";

    /// <summary>The newest run of an object; of a pod the run that it was made for.</summary>
    public const string Run = "orrery.dev/run";

    public const string Rank = "orrery.dev/rank";

    /// <summary>Annotation: how many ranks the run of a pod has.</summary>
    public const string WorldSize = "orrery.dev/world-size";

    /// <summary>Annotation of rank 0: all ranks have been made.</summary>
    public const string Complete = "orrery.dev/complete";

    /// <summary>Annotation: seconds without output after which a pod has hung.</summary>
    public const string HangTimeout = "orrery.dev/hang-timeout";

    /// <summary>Annotation of a controller: what its pods are made from, run by run the same when nothing of it changed.</summary>
    public const string Template = "orrery.dev/template";

    public static string? Label(this IKubernetesObject item, string name) => item.Metadata.Labels?.GetValueOrDefault(name);

    public static string? Note(this IKubernetesObject item, string name) => item.Metadata.Annotations?.GetValueOrDefault(name);

    /// <summary>0 when it has none.</summary>
    public static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static int RunOf(this IKubernetesObject item) => Number(item.Label(Run));
}
