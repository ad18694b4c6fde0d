using System.Net.WebSockets;
using Orrery.Contracts.Runs;
using Orrery.Kubernetes;
using Orrery.Server.Clusters.Backends.Kubernetes.State;

namespace Orrery.Server.Clusters.Backends.Kubernetes.Shells;

/// <summary>Opens shells in pods through the API server.</summary>
internal sealed class PodShells(KubernetesClient client)
{
    private static readonly string[] Known = ["bash", "sh", "zsh"];

    /// <summary>None when the pod does not run or has no <c>sh</c>.</summary>
    public async Task<IReadOnlyList<string>> Find(PodPlace place, CancellationToken ct)
    {
        try
        {
            var look = new ExecOptions { Container = place.Container, Command = ["sh", "-c", $"for s in {string.Join(' ', Known)}; do command -v $s >/dev/null && echo $s; done; true"] };
            var found = await client.PodAccess.Run(place.Namespace, place.Name, look, ct);
            return [.. found.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Intersect(Known, StringComparer.Ordinal)];
        }
        catch (KubernetesApiException)
        {
            return [];
        }
    }

    /// <exception cref="KubernetesException">It cannot be started.</exception>
    public async Task<WebSocket> Open(PodPlace place, ShellRequest request, CancellationToken ct)
    {
        string[] command = request.Command is { } text ? [request.Shell, "-c", text] : [request.Shell];
        var session = await client.PodAccess.Exec(place.Namespace, place.Name, new ExecOptions { Container = place.Container, Command = command, Stdin = true, Tty = request.HasTerminal }, ct);
        if (request.HasTerminal)
            await session.Resize(request.Columns, request.Rows, ct);
        return new ExecSocket(session, request.HasTerminal);
    }
}
