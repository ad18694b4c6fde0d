using System.Text.Json;
using Orrery.Cli.Runtime;
using Orrery.Contracts.Json;

namespace Orrery.Cli.Watching;

/// <summary>One event as JSON on each line.</summary>
internal static class JsonWatch
{
    public static async Task Run(CommandContext context, string id, CancellationToken cancellation)
    {
        await foreach (var happened in context.Client.Workloads.FollowEvents(id, cancellation: cancellation))
            await context.Terminal.Output.WriteLineAsync(JsonSerializer.Serialize(happened, WireJson.Default.EventView));
    }
}
