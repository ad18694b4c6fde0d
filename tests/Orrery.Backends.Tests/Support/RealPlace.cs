using Orrery.Kubernetes;

namespace Orrery.Backends.Tests.Support;

/// <summary>The cluster of KUBECONFIG, when ORRERY_KUBERNETES=1 says that it may be used.</summary>
public sealed class RealPlace : KubernetesPlace
{
    public override string? Missing => Environment.GetEnvironmentVariable("ORRERY_KUBERNETES") == "1" ? null : "ORRERY_KUBERNETES is not 1: no real cluster is used";

    public override string WebServer => "exec httpd -f -p 8000";

    private protected override KubernetesClient Client() => new(KubeConfig.LoadDefault());
}
