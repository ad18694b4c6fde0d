using System.Text;
using Orrery.Kubernetes.Http;

namespace Orrery.Kubernetes.Pods;

/// <summary>Looks into pods: their logs, and programs started in them.</summary>
public sealed class PodAccess
{
    private const int LargestOutput = 1024 * 1024;

    private readonly ApiConnection connection;

    internal PodAccess(ApiConnection connection) => this.connection = connection;

    /// <summary>Lines of a log, oldest first.</summary>
    /// <exception cref="KubernetesNotFoundException">There is no such pod.</exception>
    /// <exception cref="KubernetesApiException">400: the container has not started, or there is none of that name.</exception>
    /// <exception cref="KubernetesUnreachableException">The server is out of reach, or the log broke off.</exception>
    public IAsyncEnumerable<PodLogLine> Logs(string ns, string pod, PodLogOptions options, CancellationToken ct) =>
        new PodLogReader(connection).Read($"{ResourceTypes.Pods.Path(ns, pod)}/log", options, ct);

    /// <summary>Starts a program in a running container.</summary>
    /// <exception cref="KubernetesNotFoundException">There is no such pod.</exception>
    /// <exception cref="KubernetesApiException">It may not, or the container does not run.</exception>
    /// <exception cref="KubernetesUnreachableException">The server is out of reach.</exception>
    public async Task<ExecSession> Exec(string ns, string pod, ExecOptions options, CancellationToken ct)
    {
        var query = new QueryText()
            .Add("container", options.Container)
            .Add("stdin", options.Stdin)
            .Add("stdout", true)
            .Add("stderr", !options.Tty)
            .Add("tty", options.Tty);
        foreach (var word in options.Command)
            query.Add("command", word);
        var call = ApiCall.Get($"{ResourceTypes.Pods.Path(ns, pod)}/exec") with { Query = query };
        return new ExecSession(await connection.OpenSocket(call, ExecSession.Protocol, ct));
    }

    /// <summary>Runs a program without input to its end.</summary>
    /// <exception cref="KubernetesException">As with <see cref="Exec"/>; also when it writes more than 1 MiB.</exception>
    public async Task<ExecResult> Run(string ns, string pod, ExecOptions options, CancellationToken ct)
    {
        await using var session = await Exec(ns, pod, options with { Stdin = false, Tty = false }, ct);
        using var stdout = new MemoryStream();
        using var stderr = new MemoryStream();
        while (await session.Receive(ct) is { } frame)
        {
            if (stdout.Length + stderr.Length + frame.Data.Length > LargestOutput)
                throw new KubernetesProtocolException($"The program wrote more than the {LargestOutput} bytes that are read.");
            await (frame.Stream == ExecStream.Stdout ? stdout : stderr).WriteAsync(frame.Data, ct);
        }
        return new ExecResult(session.ExitCode ?? -1, Encoding.UTF8.GetString(stdout.ToArray()), Encoding.UTF8.GetString(stderr.ToArray()));
    }
}
