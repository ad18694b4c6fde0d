using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Node.Protocol;

namespace Orrery.Node.Runs;

/// <summary>What pods are made from: a run without its number and without its replicas.</summary>
internal static class Template
{
    /// <summary>Pods of the one may stay as pods of the other.</summary>
    public static bool IsSame(RunSpec one, RunSpec other) => Text(one) == Text(other);

    private static string Text(RunSpec spec) => JsonSerializer.Serialize(
        spec with
        {
            Run = 0,
            Replicas = [],
            MaxSurge = "",
            MaxUnavailable = "",
            Env = new SortedDictionary<string, string>(spec.Env.ToDictionary(), StringComparer.Ordinal),
            CustomerLabels = new SortedDictionary<string, string>(spec.CustomerLabels.ToDictionary(), StringComparer.Ordinal),
        },
        NodeJson.Default.RunSpec);
}
