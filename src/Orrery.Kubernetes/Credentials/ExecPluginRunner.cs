using System.Diagnostics;
using System.Text.Json;

namespace Orrery.Kubernetes.Credentials;

/// <summary>Runs a plugin and reads what it prints. Neither its output nor its errors go into a message: they may hold secrets.</summary>
internal sealed class ExecPluginRunner(ExecPlugin plugin, ExecCluster cluster, TimeProvider clock)
{
    private const int LargestOutput = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <exception cref="KubernetesConfigurationException">It does not start, fails, takes too long, or prints no credentials.</exception>
    public async Task<ExecResult> Run(CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Patience, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        using var process = Start();
        try
        {
            process.StandardInput.Close();
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, both.Token);
            var output = await ReadOutput(process.StandardOutput.BaseStream, both.Token);
            await errors;
            await process.WaitForExitAsync(both.Token);
            return process.ExitCode == 0 ? Parse(output) : throw Failed($"ended with exit code {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw Failed($"did not end within {Patience.TotalSeconds:0} s");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(plugin.Command, plugin.Args) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in plugin.Env)
            start.Environment[name] = value;
        start.Environment["KUBERNETES_EXEC_INFO"] = JsonSerializer.Serialize(Info(), ExecJson.Default.ExecCredentialMessage);
        try
        {
            return Process.Start(start) ?? throw Failed("did not start");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw Failed("cannot be started", e);
        }
    }

    private ExecCredentialMessage Info() => new()
    {
        ApiVersion = plugin.ApiVersion,
        Kind = "ExecCredential",
        Spec = new ExecCredentialSpec
        {
            Cluster = !plugin.ProvideClusterInfo ? null : new ExecClusterInfo
            {
                Server = cluster.Server,
                TlsServerName = cluster.TlsServerName,
                InsecureSkipTlsVerify = cluster.InsecureSkipTlsVerify,
                CertificateAuthorityData = cluster.CertificateAuthorityData,
            },
        },
    };

    private async Task<byte[]> ReadOutput(Stream stream, CancellationToken ct)
    {
        using var output = new MemoryStream();
        var buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, ct)) > 0)
        {
            if (output.Length + read > LargestOutput)
                throw Failed($"printed more than {LargestOutput} bytes");
            await output.WriteAsync(buffer.AsMemory(0, read), ct);
        }
        return output.ToArray();
    }

    private ExecResult Parse(byte[] output)
    {
        var message = Deserialize(output);
        if (message.ApiVersion != plugin.ApiVersion)
            throw Failed($"printed another apiVersion than {plugin.ApiVersion}");
        var status = message.Status ?? throw Failed("printed no status");
        if (status.Token is not { Length: > 0 } && status.ClientCertificateData is null)
            throw Failed("printed neither a token nor a certificate");
        var certificate = status.ClientCertificateData is { } pem
            ? Pem.KeyPair(pem, status.ClientKeyData ?? throw Failed("printed a certificate without its key"), $"printed by {plugin.Command}")
            : null;
        return new ExecResult(status.Token is { Length: > 0 } token ? token : null, certificate, status.ExpirationTimestamp);
    }

    private ExecCredentialMessage Deserialize(byte[] output)
    {
        try
        {
            return JsonSerializer.Deserialize(output, ExecJson.Default.ExecCredentialMessage) ?? throw Failed("printed null");
        }
        catch (JsonException)
        {
            throw Failed("did not print an ExecCredential");
        }
    }

    private KubernetesConfigurationException Failed(string how, Exception? why = null) => new($"The credential plugin {plugin.Command} {how}.", why);
}
