using Orrery.Server.Errors;

namespace Orrery.Server.Workloads;

/// <summary>The classes of the documents, and which of them run.</summary>
internal static class WorkloadClasses
{
    public const string Single = "single";
    public const string ModelParallel = "model-parallel";
    public const string DistributedTraining = "distributed-training";

    public static readonly string[] All = [Single, "data-parallel", "spatial", "federated", ModelParallel, "split-learning", DistributedTraining];
    public static readonly string[] Running = [Single, ModelParallel];

    /// <summary>Refuses a class that is documented but does not run.</summary>
    public static void CheckRuns(string name, bool submitting)
    {
        if (submitting && name == DistributedTraining)
        {
            throw new ApiException(
                422, "preview_only",
                "distributed-training is bound by inter-satellite links (gradient all-reduce), so it can be previewed but never runs.");
        }
        if (!Running.Contains(name))
            throw Refuse.Invalid("parallelism.class", $"'{name}' is coming; the classes that run today are {string.Join(" and ", Running)}");
    }

    /// <summary>As answers write it: <c>model_parallel</c>.</summary>
    public static string Kind(string name) => name.Replace('-', '_');
}
