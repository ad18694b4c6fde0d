using System.Text.Json;
using Orrery.Contracts.Runs;
using Orrery.Node.Protocol;

namespace Orrery.Node.Runs;

/// <summary>Compares statuses by all they say; their lists have no equality of their own.</summary>
internal static class StatusText
{
    public static string Of(RunStatus status) => JsonSerializer.Serialize(status, NodeJson.Default.RunStatus);

    public static bool IsSame(RunStatus one, RunStatus other) => Of(one) == Of(other);
}
