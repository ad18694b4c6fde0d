using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Orrery.Contracts.Runs;
using Orrery.Node.Runs;

namespace Orrery.Node.Shells;

/// <summary>Terminals in running pods.</summary>
internal static class ShellEndpoints
{
    private const int Largest = 1000;

    public static void MapShells(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/pods/{workloadId}/{podId}/shells", List);
        routes.MapGet("/pods/{workloadId}/{podId}/shell", Open);
    }

    private static async Task<IResult> List(string workloadId, string podId, RunRegistry runs) =>
        runs.Find(workloadId) is { } actor && await actor.Find(podId) is not null
            ? TypedResults.Ok(ShellPrograms.Present())
            : TypedResults.NotFound();

    private static async Task<IResult> Open(
        string workloadId, string podId, string? shell, string? command, bool? tty, int? cols, int? rows,
        HttpContext context, RunRegistry runs, ShellOpener opener, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
            return TypedResults.BadRequest("a WebSocket is wanted here.");
        if (ShellPrograms.Find(shell ?? "sh") is not { } program)
            return TypedResults.BadRequest($"shell: one of {string.Join(", ", ShellPrograms.Present())} is wanted.");
        if (runs.Find(workloadId) is not { } actor || await actor.Find(podId) is not { } found)
            return TypedResults.NotFound();
        var request = new ShellRequest(program)
        {
            Command = command,
            HasTerminal = tty ?? true,
            Columns = Math.Clamp(cols ?? 80, 1, Largest),
            Rows = Math.Clamp(rows ?? 24, 1, Largest),
        };
        using var running = opener.TryOpen(found.State, found.Pod, program, request);
        if (running is null)
            return TypedResults.Conflict("the pod is not running.");
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var relay = new ShellRelay(socket, running);
        await relay.Run(lifetime.ApplicationStopping);
        return TypedResults.Empty;
    }
}
